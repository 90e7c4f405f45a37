"""The channel, and the stand-in that it calls."""

from collections.abc import AsyncIterator

import pytest

from notifier.channels.twilio.sms import TwilioSmsChannel
from tests.notifier.channels.twilio.opening import open_channel
from tests.standins.twilio import TwilioStandIn


@pytest.fixture
async def twilio() -> AsyncIterator[TwilioStandIn]:
    """The stand-in; a call that the API would not understand fails the test."""
    async with TwilioStandIn() as standin:
        yield standin
        assert standin.violations == []


@pytest.fixture
async def channel(twilio: TwilioStandIn) -> AsyncIterator[TwilioSmsChannel]:
    async with open_channel(twilio.url) as opened:
        yield opened
