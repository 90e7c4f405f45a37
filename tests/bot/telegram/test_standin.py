"""The stand-in refuses what the Bot API would refuse."""

import json

import pytest

from tests.standins.telegram_spec import SPEC_FILE, BotApiSpec

pytestmark = pytest.mark.skipif(not SPEC_FILE.exists(), reason="the specification of the Bot API is not at hand")

GOOD = {"chat_id": "7", "text": "<b>Tak</b> &amp; nie", "parse_mode": "HTML"}


def _inline(*buttons: dict[str, str]) -> str:
    return json.dumps({"inline_keyboard": [list(buttons)]})


@pytest.mark.parametrize(
    ("method", "form", "problem"),
    [
        ("sendMesage", GOOD, "unknown method"),
        ("sendMessage", {**GOOD, "txt": "a"}, "unknown parameter txt"),
        ("sendMessage", {"chat_id": "7"}, "text is missing"),
        ("sendMessage", {**GOOD, "message_thread_id": "x"}, "no Integer"),
        ("sendMessage", {**GOOD, "text": "<b></b>"}, "1-4096"),
        ("sendMessage", {**GOOD, "text": "😀" * 2049}, "1-4096"),
        ("sendMessage", {**GOOD, "text": "<div>a</div>"}, "not supported"),
        ("sendMessage", {**GOOD, "text": "<b>a"}, "not closed"),
        ("sendMessage", {**GOOD, "text": "1 < 2"}, "bare"),
        ("sendPhoto", {"chat_id": "7", "photo": "attach://f", "caption": "a" * 1025}, "0-1024"),
        ("sendVenue", {"chat_id": "7", "latitude": "51", "longitude": "16", "title": "Lidl", "address": ""}, "1-4096"),
        ("editMessageText", {"chat_id": "7", "message_id": "1", "text": ""}, "1-4096"),
        ("setMyDescription", {"description": "a" * 513}, "0-512"),
        ("setMyShortDescription", {"short_description": "a" * 121}, "0-120"),
        ("sendMessage", {**GOOD, "text": "a & b"}, "bare"),
        ("sendMessage", {**GOOD, "reply_markup": _inline({"text": "a", "callback_data": "ż" * 33})}, "64 bytes"),
        ("sendMessage", {**GOOD, "reply_markup": _inline({"text": "a"})}, "exactly one action"),
        ("sendMessage", {**GOOD, "reply_markup": _inline({"txt": "a", "callback_data": "a"})}, "reply_markup"),
        ("sendMessage", {**GOOD, "reply_markup": _inline()}, "empty row"),
        (
            "sendMessage",
            {**GOOD, "chat_id": "-7", "reply_markup": '{"keyboard": [[{"text": "a", "request_location": true}]]}'},
            "private chats",
        ),
    ],
)
def test_a_call_that_breaks_a_rule_is_told(method: str, form: dict[str, str], problem: str) -> None:
    assert problem in " ".join(BotApiSpec.load().problems(method, form))


def test_a_good_call_is_taken() -> None:
    form = {**GOOD, "text": "a" * 4090 + "<b>&lt;</b>", "reply_markup": _inline({"text": "a", "callback_data": "a"})}
    assert BotApiSpec.load().problems("sendMessage", form) == []
