"""SMS through Twilio's own library to a stand-in that knows the Messages API."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.logging import configure_logging
from core.sms_text import is_gsm
from notifier.channels.base import (
    SEND_SECONDS,
    Fate,
    Found,
    Inquiry,
    Misconfigured,
    NotFound,
    Outcome,
    OutgoingMessage,
    Receipt,
    RecipientGone,
    RecipientStopped,
    Rejected,
    Retryable,
    Throttled,
    Unanswered,
)
from notifier.channels.twilio import http
from notifier.channels.twilio.errors import CODES, REST, ends_contact, worth_another_try
from notifier.channels.twilio.sms import TwilioAccount, TwilioSmsChannel
from tests.fakes import FrozenClock
from tests.notifier.channels.contract import MESSAGE, ChannelContract, Provider
from tests.standins.twilio import ACCOUNT, TOKEN, Refusal, TwilioStandIn
from tests.standins.twilio_spec import SPEC_FILE, Form, MessagesSpec

PHONE, SENDER, SERVICE = "+48601234567", "+48732000000", "MG" + "ab" * 16
STATUS_URL = "https://miasto.example/webhooks/twilio/status"
CLOCK = FrozenClock()

pytestmark = pytest.mark.skipif(not SPEC_FILE.exists(), reason="the API's specification is not beside the repository")


@pytest.fixture
async def twilio() -> AsyncIterator[TwilioStandIn]:
    """The stand-in; a call that the API would not understand fails the test."""
    async with TwilioStandIn() as standin:
        yield standin
        assert standin.violations == []


@asynccontextmanager
async def _channel(
    url: str, token: str = TOKEN, sid: str = ACCOUNT, service: str = "", status_url: str = STATUS_URL
) -> AsyncIterator[TwilioSmsChannel]:
    channel = TwilioSmsChannel(TwilioAccount(sid, token, url, SENDER, service, status_url), CLOCK)
    yield channel
    await channel.close()


@pytest.fixture
async def channel(twilio: TwilioStandIn) -> AsyncIterator[TwilioSmsChannel]:
    async with _channel(twilio.url) as opened:
        yield opened


@pytest.fixture
def provider(twilio: TwilioStandIn, channel: TwilioSmsChannel) -> Provider:
    async def received() -> list[str]:
        return [message["Body"] for message in twilio.messages]

    return Provider(channel, PHONE, received, twilio.stop)


class TestTwilioSmsChannel(ChannelContract):
    async def test_a_message_arrives_with_title_and_body(self, provider: Provider) -> None:
        """An SMS has no Polish letters: with one of them it would cost twice as much."""
        assert isinstance(await provider.channel.send(PHONE, MESSAGE), Receipt)
        (text,) = await provider.received()
        assert text == "Smog w Legnicy\nJakosc powietrza jest zla. Zostan w domu."
        assert is_gsm(text)


async def test_the_message_names_both_numbers_and_where_to_report(
    channel: TwilioSmsChannel, twilio: TwilioStandIn
) -> None:
    await channel.send(PHONE, MESSAGE)
    (message,) = twilio.messages
    assert (message["To"], message["From"]) == (PHONE, SENDER)
    assert message["StatusCallback"] == f"{STATUS_URL}?delivery=7"
    assert "MessagingServiceSid" not in message


async def test_a_messaging_service_stands_for_the_sender(twilio: TwilioStandIn) -> None:
    async with _channel(twilio.url, service=SERVICE, status_url="") as channel:
        assert isinstance(await channel.send(PHONE, MESSAGE), Receipt)
    (message,) = twilio.messages
    assert message.keys() == {"To", "Body", "MessagingServiceSid"}
    assert message["MessagingServiceSid"] == SERVICE


async def test_a_text_too_long_for_twilio_is_not_sent(channel: TwilioSmsChannel, twilio: TwilioStandIn) -> None:
    longest = OutgoingMessage("Smog", "a" * 1595, 1)
    assert isinstance(await channel.send(PHONE, longest), Receipt)
    assert await channel.send(PHONE, OutgoingMessage("Smog", "a" * 1596, 2)) == Rejected("too_long")
    assert twilio.calls == 1


async def test_wrong_credentials_stop_the_channel(twilio: TwilioStandIn) -> None:
    async with _channel(twilio.url, token="wrong") as channel:
        assert await channel.send(PHONE, MESSAGE) == Misconfigured("20003")
    other = "AC" + "f" * 32
    async with _channel(twilio.url, sid=other) as channel:
        assert isinstance(await channel.send(PHONE, MESSAGE), Misconfigured)


RESIDENT = (21265, 21266, 30004, 30008)
STAFF = (21408, 21608, 21612, 21617, 21703, 30007)
UNREACHABLE = (21211, 21217, 21614, 21635, 30005, 30006)
TEXT = (21602, 21604, 21618, 21619)
OURS = (
    *(10001, 20003, 20005, 20006, 20008, 20404, 21212, 21603, 21606, 21609, 21659, 21660, 21661),
    *(21701, 21704, 21705, 30002),
)
OUTCOMES: dict[int, Outcome] = {
    **{code: Rejected(str(code)) for code in (*RESIDENT, *TEXT)},
    **{code: Rejected(str(code), needs_staff=True) for code in STAFF},
    **{code: Misconfigured(str(code)) for code in OURS},
    **{code: Throttled(CLOCK.now() + timedelta(seconds=10)) for code in (20429, 21611, 30001, 63017, 63018)},
    **{code: RecipientGone(str(code)) for code in UNREACHABLE},
    20503: Retryable("20503"),
    21610: RecipientStopped("21610"),
    30003: Retryable("30003", timedelta(minutes=30)),
    30500: Retryable("30500", timedelta(minutes=5)),
    60005: Retryable("60005", timedelta(minutes=5)),
}


@pytest.mark.parametrize("code", sorted(CODES.keys() | OUTCOMES.keys()))
async def test_every_known_code_has_its_outcome(code: int, channel: TwilioSmsChannel, twilio: TwilioStandIn) -> None:
    twilio.refusal = Refusal(429 if code == 20429 else 400, code)
    assert await channel.send(PHONE, MESSAGE) == OUTCOMES[code]
    twilio.refusal = Refusal(400, code, has_problem_type=True)
    assert await channel.send(PHONE, MESSAGE) == OUTCOMES[code]


@pytest.mark.parametrize(
    ("refusal", "outcome"),
    [
        (Refusal(401), Misconfigured("401")),
        (Refusal(404), Misconfigured("404")),
        (Refusal(429), Throttled(CLOCK.now() + REST)),
        (Refusal(408), Retryable("408")),
        (Refusal(503), Retryable("503")),
        (Refusal(500), Unanswered("500")),
        (Refusal(500, 20500), Unanswered("20500")),
        (Refusal(502), Unanswered("502")),
        (Refusal(504), Unanswered("504")),
        (Refusal(400, 29999), Rejected("29999")),
        (Refusal(403, 29999), Rejected("29999")),
        (Refusal(307), Rejected("307")),
    ],
)
async def test_other_refusals_are_judged_by_their_status(
    refusal: Refusal, outcome: Outcome, channel: TwilioSmsChannel, twilio: TwilioStandIn
) -> None:
    twilio.refusal = refusal
    assert await channel.send(PHONE, MESSAGE) == outcome


async def test_no_connection_means_surely_not_sent(channel: TwilioSmsChannel, twilio: TwilioStandIn) -> None:
    await twilio.stop()
    assert await channel.send(PHONE, MESSAGE) == Retryable("ClientConnectorError")


async def test_an_unknown_host_means_surely_not_sent() -> None:
    async with _channel("http://twilio.invalid") as channel:
        assert await channel.send(PHONE, MESSAGE) == Retryable("ClientConnectorDNSError")


async def test_a_connection_that_is_never_made_means_surely_not_sent(
    channel: TwilioSmsChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "_CONNECT_SECONDS", 1e-6)
    assert await channel.send(PHONE, MESSAGE) == Retryable("ConnectionTimeoutError")


async def test_no_answer_in_time_may_mean_sent(
    channel: TwilioSmsChannel, twilio: TwilioStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "_TOTAL_SECONDS", 0.3)
    twilio.accepts_and_hangs = True
    assert await channel.send(PHONE, MESSAGE) == Unanswered("TimeoutError")
    assert len(twilio.messages) == 1


async def test_a_connection_lost_before_the_answer_may_mean_sent(
    channel: TwilioSmsChannel, twilio: TwilioStandIn
) -> None:
    twilio.accepts_and_closes = True
    assert isinstance(await channel.send(PHONE, MESSAGE), Unanswered)
    assert (len(twilio.messages), twilio.calls) == (1, 1)


def test_it_gives_up_before_the_port_does() -> None:
    assert http._CONNECT_SECONDS < http._TOTAL_SECONDS < SEND_SECONDS


@pytest.mark.parametrize(
    ("code", "ends"),
    [("21610", False), ("30005", True), ("30006", True), ("30003", False), ("30008", False), ("", False)],
)
def test_who_asked_for_it_and_numbers_that_are_none_get_no_more(code: str, ends: bool) -> None:
    assert ends_contact(code) is ends


GOOD = [("To", PHONE), ("From", SENDER), ("Body", "Smog"), ("StatusCallback", STATUS_URL)]


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        (GOOD[1:], "To is missing"),
        ([*GOOD[1:], ("To", "601234567")], "To is not in E.164"),
        ([GOOD[0], *GOOD[2:]], "From or MessagingServiceSid is missing"),
        ([*GOOD, ("MessagingServiceSid", "MG1")], "MessagingServiceSid has another form"),
        ([*GOOD[:2], ("Body", "a" * 1601)], "Body is longer than 1600"),
        (GOOD[:2], "Body, MediaUrl or ContentSid is missing"),
        ([*GOOD, ("Body", "again")], "Body is repeated"),
        ([*GOOD, ("Colour", "red")], "Colour is unknown"),
        ([*GOOD, ("ValidityPeriod", "long")], "ValidityPeriod is no integer"),
        ([*GOOD, ("ContentRetention", "forever")], "ContentRetention is none of the values"),
        ([*GOOD[:3], ("StatusCallback", "/status")], "StatusCallback is no address"),
    ],
)
def test_the_stand_in_finds_what_twilio_would_not_understand(form: Form, problem: str) -> None:
    spec, path = MessagesSpec.load(), f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    content_type = "application/x-www-form-urlencoded"
    assert spec.problems(path, content_type, GOOD) == []
    assert problem in spec.problems(path, content_type, form)
    assert spec.problems(path, "application/json", GOOD)
    assert spec.problems("/2010-04-01/Accounts/AC1/Messages.json", content_type, GOOD)


@pytest.fixture
def product_log(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """What the product writes to its log, at the most talkative level."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    configure_logging(json=True, level="DEBUG")
    yield lambda: capsys.readouterr().err
    root.handlers = handlers
    root.setLevel(level)


async def test_the_log_has_no_number_text_or_token(
    channel: TwilioSmsChannel, twilio: TwilioStandIn, product_log: Callable[[], str]
) -> None:
    await channel.send(PHONE, MESSAGE)
    twilio.refusal = Refusal(400, 21614)
    await asyncio.gather(*(channel.send(PHONE, MESSAGE) for _ in range(3)))
    logged = product_log()
    assert "21614" in logged
    for secret in (PHONE.removeprefix("+48"), "Smog", TOKEN):
        assert secret not in logged


STARTED = datetime.now(UTC)


def _inquiry(**changes: object) -> Inquiry:
    return replace(Inquiry(PHONE, MESSAGE, datetime.now(UTC)), **changes)  # type: ignore[arg-type]


async def test_a_message_without_an_answer_is_found_by_number_text_and_time(
    channel: TwilioSmsChannel, twilio: TwilioStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "_TOTAL_SECONDS", 0.3)
    twilio.accepts_and_hangs = True
    assert isinstance(await channel.send(PHONE, MESSAGE), Unanswered)
    monkeypatch.setattr(http, "_TOTAL_SECONDS", 8.0)
    sid = twilio.kept[0]["sid"]
    for status, fate in (("queued", Fate.ACCEPTED), ("sent", Fate.ACCEPTED), ("delivered", Fate.DELIVERED)):
        twilio.kept[0]["status"] = status
        assert await channel.look_up(_inquiry()) == Found(sid, fate)
    assert twilio.queries[0]["To"] == PHONE
    assert twilio.queries[0]["DateSent>"] <= datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize(
    "inquiry",
    [
        pytest.param({"message": OutgoingMessage("Inny", "tekst", 8)}, id="another text"),
        pytest.param({"started_at": STARTED - timedelta(hours=2)}, id="another time"),
        pytest.param({"others": frozenset({f"SM{1:032x}"})}, id="a message that we know"),
    ],
)
async def test_another_message_is_not_taken_for_it(channel: TwilioSmsChannel, inquiry: dict[str, object]) -> None:
    await channel.send(PHONE, MESSAGE)
    assert await channel.look_up(_inquiry(**inquiry)) == NotFound()


async def test_a_message_is_asked_for_by_its_own_id(channel: TwilioSmsChannel, twilio: TwilioStandIn) -> None:
    receipt = await channel.send(PHONE, MESSAGE)
    assert isinstance(receipt, Receipt)
    twilio.kept[0] |= {"status": "undelivered", "error_code": 30003}
    found = await channel.look_up(_inquiry(provider_id=receipt.provider_id))
    assert found == Found(receipt.provider_id, Fate.FAILED, "30003", timedelta(minutes=30))
    assert await channel.look_up(_inquiry(provider_id=f"SM{99:032x}")) == NotFound()


async def test_a_question_that_cannot_be_answered_is_no_answer(
    channel: TwilioSmsChannel, twilio: TwilioStandIn
) -> None:
    twilio.refusal = Refusal(503)
    assert isinstance(await channel.look_up(_inquiry()), Unanswered)
    await twilio.stop()
    assert isinstance(await channel.look_up(_inquiry()), Unanswered)


@pytest.mark.parametrize(("left", "told"), [(timedelta(hours=2), "7200"), (timedelta(seconds=5), "60")])
async def test_twilio_gives_a_message_up_when_it_expires(
    channel: TwilioSmsChannel, twilio: TwilioStandIn, left: timedelta, told: str
) -> None:
    await channel.send(PHONE, OutgoingMessage("Smog", "Zle powietrze.", 7, expires_at=CLOCK.now() + left))
    assert twilio.messages[0]["ValidityPeriod"] == told


async def test_an_answer_has_no_title_and_asks_for_no_report(channel: TwilioSmsChannel, twilio: TwilioStandIn) -> None:
    await channel.send(PHONE, OutgoingMessage("", "Powietrze jest złe.", 0))
    (message,) = twilio.messages
    assert message["Body"] == "Powietrze jest zle."
    assert "StatusCallback" not in message


def test_parts_are_those_of_the_text_without_polish_letters(channel: TwilioSmsChannel) -> None:
    assert channel.parts(OutgoingMessage("Smog", "ł" * 155, 7)) == 1
    assert channel.parts(OutgoingMessage("Smog", "ł" * 156, 7)) == 2


@pytest.mark.parametrize(("code", "minutes"), [("30003", 30), ("30008", 10), ("30007", None), ("", None), ("x", None)])
def test_when_another_try_is_worth_it(code: str, minutes: int | None) -> None:
    assert worth_another_try(code) == (minutes and timedelta(minutes=minutes))
