"""What every refusal and every fault of Twilio means for a message."""

from datetime import timedelta

import pytest

from notifier.channels.base import (
    SEND_SECONDS,
    Misconfigured,
    Outcome,
    RecipientGone,
    RecipientStopped,
    Rejected,
    Retryable,
    Throttled,
    Unanswered,
)
from notifier.channels.twilio import http
from notifier.channels.twilio.errors import CODES, REST, ends_contact, worth_another_try
from notifier.channels.twilio.sms import TwilioSmsChannel
from tests.notifier.channels.contract import MESSAGE
from tests.notifier.channels.twilio.opening import CLOCK, PHONE, open_channel
from tests.standins.twilio import Refusal, TwilioStandIn
from tests.standins.twilio_spec import SPEC_FILE

pytestmark = pytest.mark.skipif(not SPEC_FILE.exists(), reason="the API's specification is not beside the repository")


async def test_wrong_credentials_stop_the_channel(twilio: TwilioStandIn) -> None:
    async with open_channel(twilio.url, token="wrong") as channel:
        assert await channel.send(PHONE, MESSAGE) == Misconfigured("20003")
    other = "AC" + "f" * 32
    async with open_channel(twilio.url, sid=other) as channel:
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
    async with open_channel("http://twilio.invalid") as channel:
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


@pytest.mark.parametrize(("code", "minutes"), [("30003", 30), ("30008", 10), ("30007", None), ("", None), ("x", None)])
def test_when_another_try_is_worth_it(code: str, minutes: int | None) -> None:
    assert worth_another_try(code) == (minutes and timedelta(minutes=minutes))
