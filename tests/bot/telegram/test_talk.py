"""What residents write in Telegram, and what they read."""

import pytest

from bot.assistant import Assistant
from bot.message import IncomingMessage
from tests.bot.telegram.conftest import Line
from tests.bot.telegram.updates import ANNA, JAN, edited, message, pressed, said
from tests.fakes import FakeParser

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

CHOJNOWSKA = {"latitude": 51.2069, "longitude": 16.1457}
PNG = b"\x89PNG"


async def test_a_question_is_answered_with_its_source(line: Line) -> None:
    await line.hear(said("jakie powietrze na Piekarach"))
    sent = line.api.made(chat=ANNA)[0]
    assert "PM10" in sent.text
    assert "Źródło: GIOŚ, stan na" in sent.text
    assert "dane przykładowe" in sent.text
    assert sent.values["link_preview_options"] == {"is_disabled": True}


async def test_the_chart_is_a_picture_that_its_caption_says_in_words(line: Line) -> None:
    await line.hear(said("jakie powietrze na Piekarach"))
    words, chart = line.api.made(chat=ANNA)
    assert (words.method, chart.method) == ("sendMessage", "sendPhoto")
    assert chart.picture.startswith(PNG)
    assert chart.text.startswith("Wykres stężenia: PM10")
    assert "najwięcej 68,4" in chart.text
    assert (words.buttons, bool(chart.buttons)) == ([], True)


async def test_a_short_answer_is_the_caption_of_its_chart(line: Line) -> None:
    await line.hear(pressed("air_quality_history"))
    (chart,) = line.api.made(chat=ANNA)
    assert chart.method == "sendPhoto"
    assert "Ostatnie 3 dni" in chart.text
    assert "Wykres stężenia" in chart.text
    assert chart.buttons


async def test_a_picture_that_telegram_refuses_is_sent_as_words(line: Line) -> None:
    line.api.fail("sendPhoto", 400, said="Bad Request: PHOTO_INVALID_DIMENSIONS")
    await line.hear(pressed("air_quality_history"))
    (words,) = line.api.made(chat=ANNA)
    assert words.method == "sendMessage"
    assert "Ostatnie 3 dni" in words.text
    assert words.buttons


async def test_a_chat_is_one_conversation_and_chats_are_apart(line: Line) -> None:
    await line.hear(said("jakie powietrze na Piekarach"), said("a na Zosinku?"), said("a na Zosinku?", JAN))
    assert "Zosinek" in line.api.made("sendMessage", ANNA)[1].text
    assert "czego dotyczy pytanie" in line.api.made(chat=JAN)[0].text


async def test_a_location_finds_the_nearest_chargers_on_the_map(line: Line) -> None:
    await line.hear(pressed("share_location"))
    (asked,) = line.api.made()
    assert asked.values["reply_markup"]["keyboard"] == [[{"text": "Wyślij moją lokalizację", "request_location": True}]]
    assert "Wyślij moją lokalizację" in asked.text
    await line.hear(message(location=CHOJNOWSKA))
    _, words, *venues = line.api.made()
    assert "Najbliżej: Lidl" in words.text
    assert [venue.method for venue in venues] == ["sendVenue"] * 3
    assert venues[0].text == "Lidl\nul. Chojnowska 109a, 59-220 Legnica"
    assert venues[0].values["latitude"] == pytest.approx(CHOJNOWSKA["latitude"], abs=0.01)
    assert [bool(shown.buttons) for shown in (words, *venues)] == [False, False, False, True]


async def test_a_venue_that_telegram_refuses_is_sent_as_words(line: Line) -> None:
    line.api.fail("sendVenue", 400, said="Bad Request: VENUE_ADDRESS_INVALID", times=3)
    await line.hear(message(location=CHOJNOWSKA))
    assert [sent.method for sent in line.api.made()] == ["sendMessage"] * 4
    assert "Pokaż na mapie" in line.api.made()[3].text
    assert line.api.made()[3].buttons


FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = [{**FILE, "width": 1, "height": 1}]
FLAGS = ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting", "members_only")
POLL = {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "type": "regular"} | dict.fromkeys(
    FLAGS, False
)
UNREADABLE: list[tuple[dict[str, object], str]] = [
    ({"photo": PHOTO}, "Nie oglądam zdjęć"),
    ({"document": FILE}, "Nie oglądam zdjęć"),
    ({"video": {**FILE, "width": 1, "height": 1, "duration": 1}}, "Nie oglądam zdjęć"),
    ({"voice": {**FILE, "duration": 1}}, "Nie odsłuchuję nagrań"),
    ({"video_note": {**FILE, "length": 1, "duration": 1}}, "Nie odsłuchuję nagrań"),
    ({"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}}, "Nak"),
    ({"dice": {"emoji": "🎲", "value": 3}}, "Naklejki"),
    ({"contact": {"phone_number": "48600100200", "first_name": "Jan"}}, "numeru telefonu"),
    ({"poll": POLL}, "ankietach"),
    ({"something_of_tomorrow": {}}, "Nie umiem odczytać"),
    ({"text": "x" * 1001}, "za długa"),
    ({"text": "\u200b"}, "pusta"),
    ({"text": "/nieznane"}, "Nie znam tego polecenia"),
]


@pytest.mark.parametrize(("content", "sentence"), UNREADABLE, ids=[next(iter(c)) + s[:4] for c, s in UNREADABLE])
async def test_what_cannot_be_read_gets_a_kind_word_and_topics(
    line: Line, content: dict[str, object], sentence: str
) -> None:
    await line.hear(message(ANNA, **content))
    (sent,) = line.api.made()
    assert sentence in sent.text
    assert len(sent.buttons) >= 3


async def test_a_question_below_a_photo_is_answered(line: Line) -> None:
    await line.hear(message(photo=PHOTO, caption="jakie jest powietrze"))
    sent = line.api.made()[0]
    assert sent.text.startswith("Nie oglądam zdjęć")
    assert "PM10" in sent.text


async def test_pictures_sent_together_are_spoken_of_once(line: Line) -> None:
    album = [message(photo=PHOTO, media_group_id="77") for _ in range(4)]
    await line.hear(*album)
    assert len(line.api.made()) == 1
    await line.hear(message(photo=PHOTO, media_group_id="78"))
    assert len(line.api.made()) == 2


async def test_an_edited_question_is_answered_like_a_new_one_but_a_moving_location_is_not(line: Line) -> None:
    await line.hear(edited(text="jakie jest powietrze"), edited(JAN, location=CHOJNOWSKA))
    assert {sent.values["chat_id"] for sent in line.api.made()} == {ANNA}
    assert "Indeks jakości powietrza" in line.api.made()[0].text


async def test_while_an_answer_takes_long_typing_is_shown(line: Line, parser: FakeParser) -> None:
    real = parser.parse

    async def slow(text: str) -> object:
        await line.api.seen(lambda: bool(line.api.made("sendChatAction")))
        return await real(text)

    parser.parse = slow  # type: ignore[method-assign, assignment]
    await line.hear(said("jakie jest powietrze"))
    assert line.api.made("sendChatAction", ANNA)[0].values["action"] == "typing"
    assert "PM10" in line.api.made()[0].text


async def test_without_the_model_topics_still_work(line: Line, parser: FakeParser) -> None:
    parser.is_down = True
    await line.hear(said("jakie jest powietrze"))
    (sent,) = line.api.made()
    assert "Przyciski działają" in sent.text
    await line.hear(pressed(sent.buttons[0][1]))
    assert "PM10" in line.api.made()[1].text


@pytest.mark.parametrize("guess", [f"telegram:{ANNA}", "telegram"])
async def test_nobody_reaches_a_chat_from_the_web_by_naming_it(line: Line, assistant: Assistant, guess: str) -> None:
    await line.hear(said("jakie powietrze na Piekarach"))
    reply = await assistant.reply(IncomingMessage("web", text="a na Zosinku?"), guess)
    assert (reply.step.intent, reply.step.decision) == ("inform", "clarify")
    assert reply.conversation != guess
