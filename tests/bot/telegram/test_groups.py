"""Groups: the bot answers when it is asked, in the thread, and keeps personal matters out."""

import pytest

from tests.bot.telegram.conftest import Line
from tests.bot.telegram.updates import ANNA, GROUP, message, pressed, said
from tests.fakes import FakeParser
from tests.standins.telegram import BOT

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MENTION = f"@{BOT['username']}"
SUPERGROUP = -100777
BOTS_MESSAGE = {**message(GROUP, text="…")["message"], "from": BOT}
CHOJNOWSKA = {"latitude": 51.2069, "longitude": 16.1457}


def _from(author: int, *, is_bot: bool) -> dict[str, object]:
    return {"from": {"id": author, "is_bot": is_bot, "first_name": "Ktoś"}}


@pytest.mark.parametrize(
    "update",
    [
        message(ANNA, text="cześć", **_from(9, is_bot=True)),
        message(ANNA, pinned_message={"message_id": 1, "date": 0, "chat": {"id": ANNA, "type": "private"}}),
        message(GROUP, new_chat_members=[BOT]),
        said("jakie jest powietrze", GROUP),
        said("/pomoc@inny_bot", GROUP),
        said("/pomoc", GROUP),
        said(f"{MENTION} jakie jest powietrze", GROUP, **_from(9, is_bot=True)),
        said(f"Zapytaj {MENTION}", GROUP, **_from(777000, is_bot=False), is_automatic_forward=True),
    ],
    ids=[
        "a bot",
        "a service message",
        "a new member",
        "talk of a group",
        "another bot's command",
        "anybody's command",
        "a bot that mentions us",
        "a post of the channel that mentions us",
    ],
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
        said("jakie jest powietrze", GROUP, reply_to_message=BOTS_MESSAGE),
        said(f"{MENTION} jakie jest powietrze", GROUP, **_from(1087968824, is_bot=True)),
    ],
    ids=["mentioned", "mentioned in capitals", "replied to", "by an admin without a name"],
)
async def test_a_group_is_answered_when_it_asks(line: Line, update: dict[str, dict[str, object]]) -> None:
    await line.hear(update)
    sent = line.api.made(chat=GROUP)[0]
    assert "PM10" in sent.text
    assert sent.values["reply_parameters"]["message_id"] == update["message"]["message_id"]


async def test_the_answer_and_its_picture_stay_in_the_thread(line: Line) -> None:
    await line.hear(said(f"{MENTION} jakie jest powietrze", GROUP, message_thread_id=31, is_topic_message=True))
    assert [call.values["message_thread_id"] for call in line.api.made(chat=GROUP)] == [31, 31]


async def test_a_press_in_a_thread_is_answered_there(line: Line) -> None:
    await line.hear(pressed("subsidy_overview", GROUP, below=44, message_thread_id=31, is_topic_message=True, text="…"))
    (sent,) = line.api.made(chat=GROUP)
    assert sent.values["message_thread_id"] == 31
    assert sent.values["reply_parameters"]["message_id"] == 44


async def test_a_location_is_sent_by_hand(line: Line) -> None:
    await line.hear(pressed("share_location", GROUP))
    (asked,) = line.api.made()
    assert "spinacza" in asked.text
    assert "reply_markup" not in asked.values
    await line.hear(message(GROUP, location=CHOJNOWSKA, reply_to_message=BOTS_MESSAGE))
    assert "Lidl" in line.api.made()[1].text


@pytest.mark.parametrize("command", ["moje_dane", "usun"])
async def test_personal_matters_are_for_a_private_talk(line: Line, command: str) -> None:
    await line.hear(said(f"/{command}{MENTION}", GROUP), said(f"{MENTION} tak", GROUP))
    refusal, after = line.api.made(chat=GROUP)
    assert f"napisać do mnie prywatnie: {MENTION}" in refusal.text
    assert "Usunięte" not in after.text
    assert "Usunąć dane" not in after.text


async def test_a_message_for_the_office_is_not_begun_in_a_group(line: Line, parser: FakeParser) -> None:
    await line.hear(said(f"{MENTION} chcę człowieka", GROUP), said(f"{MENTION} 600100200", GROUP))
    refusal, after = line.api.made(chat=GROUP)
    assert "prywatnie" in refusal.text
    assert "600100200" not in after.text


async def test_a_group_that_becomes_another_chat_is_answered_there(line: Line) -> None:
    line.api.fail("sendMessage", 400, said="Bad Request: group upgraded", moved_to=SUPERGROUP)
    await line.hear(said(f"{MENTION} dotacja na wymiane kopciucha", GROUP))
    (sent,) = line.api.made()
    assert sent.values["chat_id"] == SUPERGROUP
    assert "reply_parameters" not in sent.values
    await line.hear(said(f"{MENTION} dotacja na wymiane kopciucha", GROUP))
    assert [call.values["chat_id"] for call in line.api.made()] == [SUPERGROUP, SUPERGROUP]


async def test_a_move_that_telegram_announces_is_followed(line: Line) -> None:
    await line.intake.accept([said(f"{MENTION} dotacja na wymiane kopciucha", GROUP)])
    await line.hear(message(-555, migrate_to_chat_id=SUPERGROUP), message(SUPERGROUP, migrate_from_chat_id=-555))
    await line.hear(said(f"{MENTION} dotacja na wymiane kopciucha", -555))
    assert [call.values["chat_id"] for call in line.api.made()] == [GROUP, SUPERGROUP]
