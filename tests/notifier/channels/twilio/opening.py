"""The channel over Twilio's own library."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from notifier.channels.twilio.sms import TwilioAccount, TwilioSmsChannel
from tests.fakes import FrozenClock
from tests.standins.twilio import ACCOUNT, TOKEN

PHONE, SENDER, SERVICE = "+48601234567", "+48732000000", "MG" + "ab" * 16
STATUS_URL = "https://miasto.example/webhooks/twilio/status"
CLOCK = FrozenClock()


@asynccontextmanager
async def open_channel(
    url: str, token: str = TOKEN, sid: str = ACCOUNT, service: str = "", status_url: str = STATUS_URL
) -> AsyncIterator[TwilioSmsChannel]:
    channel = TwilioSmsChannel(TwilioAccount(sid, token, url, SENDER, service, status_url), CLOCK)
    yield channel
    await channel.close()
