"""What residents write and press in Telegram, and what they read."""

from dataclasses import replace

import pytest

from bot.assistant import Assistant
from bot.message import IncomingMessage
from content.answer import Answer, Button
from content.registry import Registry
from tests.bot.telegram.conftest import Line
from tests.bot.telegram.updates import ANNA, GROUP, JAN, edited, message, pressed, said
from tests.fakes import FakeParser
from tests.standins.telegram import BOT

# What is said does not depend on the engine.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MENTION = f"@{BOT['username']}"
CHOJNOWSKA = {"latitude": 51.2069, "longitude": 16.1457}


async def test_a_question_is_answered_with_its_source(line: Line) -> None:
    await line.hear(said("jakie powietrze na Piekarach"))
    (sent,) = line.api.made(chat=ANNA)
    assert "PM10" in sent.text
    assert "Źródło: GIOŚ, stan na" in sent.text
    assert "dane przykładowe" in sent.text
    assert sent.values["link_preview_options"] == {"is_disabled": True}


async def test_a_chat_is_one_conversation_and_chats_are_apart(line: Line) -> None:
    await line.hear(said("jakie powietrze na Piekarach"), said("a na Zosinku?"), said("a na Zosinku?", JAN))
    assert "Zosinek" in line.api.made(chat=ANNA)[1].text
    assert "czego dotyczy pytanie" in line.api.made(chat=JAN)[0].text


async def test_start_says_who_speaks_and_what_is_kept(line: Line) -> None:
    await line.hear(said("/start"))
    introduction, topics = line.api.made(chat=ANNA)
    assert "automatyczny asystent mieszkańca Legnicy" in introduction.text
    assert "program, nie człowiek" in introduction.text
    assert "usuwana najpóźniej po 90 dniach" in introduction.text
    assert "https://asystent.example/prywatnosc" in introduction.text
    assert "Odpowiadam na pytania" in topics.text
    assert "air_quality_now" in [data for _, data in topics.buttons]


async def test_a_link_can_start_the_bot_with_a_question(line: Line) -> None:
    await line.hear(said("/start air_quality_now"), said("/start bzdura", JAN))
    assert "PM10" in line.api.made(chat=ANNA)[1].text
    assert "Odpowiadam na pytania" in line.api.made(chat=JAN)[1].text


@pytest.mark.parametrize("command", ["/pomoc", "/help", f"/pomoc{MENTION}", "/POMOC teraz"])
async def test_help(line: Line, command: str) -> None:
    await line.hear(said(command))
    assert "Odpowiadam na pytania" in line.api.made()[0].text


async def test_a_button_answers_and_the_press_is_acknowledged_first(line: Line) -> None:
    await line.hear(pressed("air_quality_now"))
    assert [call.method for call in line.api.calls] == ["answerCallbackQuery", "sendMessage"]
    assert "PM10" in line.api.made()[0].text


@pytest.mark.parametrize("data", ["no_such_intent", "#0123456789abcdef"])
async def test_a_stale_button_is_answered_kindly(line: Line, data: str) -> None:
    await line.hear(pressed(data))
    assert "już nie działa" in line.api.made()[0].text


async def test_a_press_from_yesterday_is_still_answered(line: Line) -> None:
    line.api.fail("answerCallbackQuery", 400, said="Bad Request: query is too old")
    await line.hear(pressed("air_quality_now"))
    assert "PM10" in line.api.made()[0].text


async def test_a_long_payload_works(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    payload = "charger_find?street=chojnowska&connector=ccs&" + "x" * 60
    real = Registry.answer

    async def with_long_button(self: Registry, question: object) -> Answer:
        answer = await real(self, question)  # type: ignore[arg-type]
        return replace(answer, buttons=(Button("Ładowarki CCS", payload),))

    monkeypatch.setattr(Registry, "answer", with_long_button)
    await line.hear(said("jakie jest powietrze"))
    ((_, data),) = line.api.made()[0].buttons
    await line.hear(pressed(data))
    assert "CCS" in line.api.made()[1].text


async def test_sharing_a_location_is_explained_and_finds_chargers(line: Line) -> None:
    await line.hear(pressed("share_location"))
    (asked,) = line.api.made()
    assert asked.values["reply_markup"]["keyboard"] == [[{"text": "Wyślij moją lokalizację", "request_location": True}]]
    assert "Wyślij moją lokalizację" in asked.text
    await line.hear(message(location=CHOJNOWSKA))
    assert "Pokaż na mapie" in line.api.made()[1].text


async def test_in_a_group_a_location_is_sent_by_hand(line: Line) -> None:
    await line.hear(pressed("share_location", GROUP))
    (asked,) = line.api.made()
    assert "spinacza" in asked.text
    assert "reply_markup" not in asked.values


FILE = {"file_id": "f", "file_unique_id": "u"}
PHOTO = [{**FILE, "width": 1, "height": 1}]
UNREADABLE: list[tuple[dict[str, object], str]] = [
    ({"photo": PHOTO}, "Nie oglądam zdjęć"),
    ({"document": FILE}, "Nie oglądam zdjęć"),
    ({"video": {**FILE, "width": 1, "height": 1, "duration": 1}}, "Nie oglądam zdjęć"),
    ({"voice": {**FILE, "duration": 1}}, "Nie odsłuchuję nagrań"),
    ({"video_note": {**FILE, "length": 1, "duration": 1}}, "Nie odsłuchuję nagrań"),
    ({"sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}}, "Nak"),
    ({"dice": {"emoji": "🎲", "value": 3}}, "Naklejki"),
    ({"contact": {"phone_number": "48600100200", "first_name": "Jan"}}, "numeru telefonu"),
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
    (sent,) = line.api.made()
    assert sent.text.startswith("Nie oglądam zdjęć")
    assert "PM10" in sent.text


async def test_an_edited_question_is_asked_for_anew_but_a_moving_location_is_not(line: Line) -> None:
    await line.hear(edited(text="jakie jest powietrze"), edited(JAN, location=CHOJNOWSKA))
    (sent,) = line.api.made()
    assert "jako nową wiadomość" in sent.text


@pytest.mark.parametrize(
    "update",
    [
        message(ANNA, text="cześć", **{"from": {"id": 9, "is_bot": True, "first_name": "Inny bot"}}),
        message(ANNA, pinned_message={"message_id": 1, "date": 0, "chat": {"id": ANNA, "type": "private"}}),
        message(GROUP, new_chat_members=[BOT]),
        said("jakie jest powietrze", GROUP),
        said("/pomoc@inny_bot", GROUP),
        said("/pomoc", GROUP),
    ],
    ids=["a bot", "a service message", "a new member", "talk of a group", "another bot's command", "anybody's command"],
)
async def test_what_is_not_for_us_is_passed_over(line: Line, update: dict[str, object]) -> None:
    await line.hear(update)
    assert line.api.made() == []
    assert await line.states() == ["answered"]


@pytest.mark.parametrize(
    "update",
    [
        said(f"{MENTION} jakie jest powietrze", GROUP),
        said(f"{MENTION.upper()} jakie jest powietrze", GROUP),
        said("jakie jest powietrze", GROUP, reply_to_message={**message(GROUP, text="…")["message"], "from": BOT}),
    ],
    ids=["mentioned", "mentioned in capitals", "replied to"],
)
async def test_a_group_is_answered_when_it_asks(line: Line, update: dict[str, dict[str, object]]) -> None:
    await line.hear(update)
    (sent,) = line.api.made(chat=GROUP)
    assert "PM10" in sent.text
    assert sent.values["reply_parameters"]["message_id"] == update["message"]["message_id"]


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
