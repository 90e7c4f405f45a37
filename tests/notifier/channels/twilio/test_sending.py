"""SMS through Twilio's own library to a stand-in that knows the Messages API."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from core.logging import configure_logging
from core.sms_text import is_gsm
from notifier.channels.base import OutgoingMessage, Receipt, Rejected
from notifier.channels.twilio.sms import TwilioSmsChannel
from tests.notifier.channels.contract import MESSAGE, ChannelContract, Provider
from tests.notifier.channels.twilio.opening import CLOCK, PHONE, SENDER, SERVICE, STATUS_URL, open_channel
from tests.standins.twilio import ACCOUNT, TOKEN, Refusal, TwilioStandIn
from tests.standins.twilio_spec import SPEC_FILE, Form, MessagesSpec

pytestmark = pytest.mark.skipif(not SPEC_FILE.exists(), reason="the API's specification is not beside the repository")


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
    async with open_channel(twilio.url, service=SERVICE, status_url="") as channel:
        assert isinstance(await channel.send(PHONE, MESSAGE), Receipt)
    (message,) = twilio.messages
    assert message.keys() == {"To", "Body", "MessagingServiceSid"}
    assert message["MessagingServiceSid"] == SERVICE


async def test_a_text_too_long_for_twilio_is_not_sent(channel: TwilioSmsChannel, twilio: TwilioStandIn) -> None:
    longest = OutgoingMessage("Smog", "a" * 1595, 1)
    assert isinstance(await channel.send(PHONE, longest), Receipt)
    assert await channel.send(PHONE, OutgoingMessage("Smog", "a" * 1596, 2)) == Rejected("too_long")
    assert twilio.calls == 1


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
