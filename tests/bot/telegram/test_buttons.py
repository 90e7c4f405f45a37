"""Pressing buttons: acknowledged, answered, and no old keyboards left."""

from dataclasses import replace

import pytest

from bot.assistant import Assistant, Reply
from bot.meaning.ladder import Step
from bot.message import IncomingMessage
from bot.telegram.methods import method_of
from bot.telegram.outgoing import Outgoing
from bot.telegram.reading import Address
from content.answer import Answer, Button
from content.registry import Registry
from tests.bot.telegram.conftest import Line
from tests.bot.telegram.updates import ANNA, pressed, said

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@on_sqlite
async def test_a_press_is_acknowledged_then_its_keyboard_goes_then_comes_the_answer(line: Line) -> None:
    await line.hear(said("/pomoc"))
    (topics,) = line.api.made()
    await line.hear(pressed("subsidy_overview", below=topics.message_id))
    assert [call.method for call in line.api.calls[1:]] == [
        "answerCallbackQuery",
        "editMessageReplyMarkup",
        "sendMessage",
    ]
    assert "Czyste Powietrze" in line.api.made()[1].text
    assert line.api.chats.keyboards(ANNA) == 1


@on_sqlite
async def test_presses_leave_one_keyboard_however_many_there_are(line: Line) -> None:
    await line.hear(said("/pomoc"))
    for _ in range(4):
        newest = line.api.made(chat=ANNA)[-1]
        await line.hear(pressed(newest.buttons[0][1], below=newest.message_id))
        assert line.api.chats.keyboards(ANNA) == 1


@on_sqlite
@pytest.mark.parametrize("data", ["no_such_intent", "#0123456789abcdef", ""])
async def test_a_stale_button_is_answered_kindly(line: Line, data: str) -> None:
    await line.hear(pressed(data))
    assert "już nie działa" in line.api.made()[0].text
    assert line.api.made("answerCallbackQuery")


@on_sqlite
async def test_a_button_below_a_message_that_is_gone_still_answers(line: Line) -> None:
    press = pressed("subsidy_overview")
    chat = press["callback_query"]["message"]["chat"]
    press["callback_query"]["message"] = {"chat": chat, "message_id": 5, "date": 0}
    await line.hear(press)
    assert [call.method for call in line.api.calls] == ["answerCallbackQuery", "sendMessage"]


@on_sqlite
async def test_a_press_from_yesterday_is_still_answered(line: Line) -> None:
    line.api.fail("answerCallbackQuery", 400, said="Bad Request: query is too old")
    await line.hear(pressed("air_quality_now"))
    assert "PM10" in line.api.made()[0].text


@on_sqlite
async def test_a_long_payload_works(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    payload = "charger_find?street=chojnowska&connector=ccs&" + "x" * 60
    real = Registry.answer

    async def with_long_button(self: Registry, question: object) -> Answer:
        answer = await real(self, question)  # type: ignore[arg-type]
        return replace(answer, buttons=(Button("Ładowarki CCS", payload),), chart=None)

    monkeypatch.setattr(Registry, "answer", with_long_button)
    await line.hear(said("jakie jest powietrze"))
    ((_, data),) = line.api.made()[0].buttons
    await line.hear(pressed(data))
    assert "CCS" in line.api.made()[1].text


def test_two_short_buttons_share_a_row_and_a_long_one_has_its_own() -> None:
    titles = ["Tak", "Nie", "Nowa Wieś Legnicka", "Osiedle Mikołaja Kopernika", "Piekary"]
    method = method_of(Address(ANNA, is_private=True), Outgoing("?", tuple(Button(title, title) for title in titles)))
    rows = [[button.text for button in row] for row in method.reply_markup.inline_keyboard]  # type: ignore[attr-defined]
    assert rows == [["Tak", "Nie"], ["Nowa Wieś Legnicka"], ["Osiedle Mikołaja Kopernika"], ["Piekary"]]


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """The settings of notifications as the assistant answers them: one answer for each press."""
    answers: list[Answer] = []

    async def reply(_self: Assistant, message: IncomingMessage, _conversation: str | None) -> Reply:
        assert (message.button or "").startswith("alerts_manage")
        return Reply("c", (answers.pop(0),), Step("alerts_manage", 1.0, "answered"), ())

    monkeypatch.setattr(Assistant, "reply", reply)
    return answers


LEVELS = Answer("Od jakiego poziomu?", buttons=(Button("Bardzo złe", "alerts_manage?level=5"),))
OVERVIEW = Answer("Włączone: smog", buttons=(Button("Próg smogu", "alerts_manage?ask=level"),))


@on_sqlite
async def test_settings_change_in_place(line: Line, settings: list[Answer]) -> None:
    settings += [OVERVIEW, LEVELS, OVERVIEW]
    await line.hear(said("/alerty"))
    (shown,) = line.api.made()
    await line.hear(pressed("alerts_manage?ask=level", below=shown.message_id, text="Włączone: smog"))
    await line.hear(pressed("alerts_manage?level=5", below=shown.message_id, text="Od jakiego poziomu?"))
    first, second, third = line.api.made()
    assert [call.method for call in (first, second, third)] == ["sendMessage", "editMessageText", "editMessageText"]
    assert second.values["message_id"] == third.values["message_id"] == shown.message_id
    assert (second.text, second.buttons) == ("Od jakiego poziomu?", [("Bardzo złe", "alerts_manage?level=5")])
    assert line.api.chats.keyboards(ANNA) == 1
    assert line.api.made("editMessageReplyMarkup") == []


@on_sqlite
async def test_a_setting_pressed_twice_stays_as_it_is(line: Line, settings: list[Answer]) -> None:
    settings += [OVERVIEW, LEVELS, LEVELS]
    await line.hear(said("/alerty"))
    (shown,) = line.api.made()
    for _ in range(2):
        await line.hear(pressed("alerts_manage?ask=level", below=shown.message_id))
    assert [call.method for call in line.api.made()] == ["sendMessage", "editMessageText"]
    assert await line.states() == ["answered"] * 3


@on_sqlite
async def test_settings_below_a_message_that_cannot_change_come_anew(line: Line, settings: list[Answer]) -> None:
    settings += [LEVELS]
    await line.hear(pressed("alerts_manage?ask=level"))
    (sent,) = line.api.made()
    assert (sent.method, sent.text) == ("sendMessage", "Od jakiego poziomu?")
