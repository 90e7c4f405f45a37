"""Residents as they reach the whole application: by SMS, by Telegram and on the page."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Protocol

import httpx2
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from bot.telegram.models import State, UpdateRow
from notifier.channels.twilio.signature import HEADER
from tests.bot.telegram.updates import pressed, said
from tests.security.whole import PUBLIC_URL, WEBHOOK_SECRET, Whole
from tests.standins.telegram import TelegramStandIn
from tests.standins.twilio import ACCOUNT, TOKEN

PHONE, CHAT = "+48512345678", 7001002003
_SMS, _TELEGRAM = "/webhooks/twilio/sms", "/webhooks/telegram"
_PATIENCE_SECONDS = 60


class Resident(Protocol):
    """Somebody who writes and reads; a payload ("intent?name=value") is pressed."""

    async def say(self, text: str) -> str:
        """Write and return what was answered."""
        ...


def visitor(whole: Whole) -> httpx2.AsyncClient:
    """Return a client of the application."""
    transport = httpx2.ASGITransport(whole.app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://hub.test")


@dataclass
class ByText:
    """Whoever writes SMS, handed over by Twilio."""

    web: httpx2.AsyncClient
    sent: int = 0

    async def say(self, text: str) -> str:
        """Send an SMS and return the one that answers."""
        self.sent += 1
        sms = {"MessageSid": f"SM{self.sent}", "AccountSid": ACCOUNT, "From": PHONE, "Body": text, "NumMedia": "0"}
        signature = RequestValidator(TOKEN).compute_signature(PUBLIC_URL + _SMS, sms)
        answer = await self.web.post(_SMS, data=sms, headers={HEADER: signature})
        assert answer.status_code == 200, answer.text
        return answer.text


@dataclass
class OnTelegram:
    """Whoever writes to the bot."""

    web: httpx2.AsyncClient
    whole: Whole
    standin: TelegramStandIn

    async def say(self, text: str) -> str:
        """Write or press and return what the bot shows then."""
        update = pressed(text, CHAT) if "?" in text and " " not in text else said(text, CHAT)
        before = len(self.standin.made(chat=CHAT))
        headers = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}
        assert (await self.web.post(_TELEGRAM, json=update, headers=headers)).status_code == 200
        ends = time.monotonic() + _PATIENCE_SECONDS
        while await self._is_open():
            assert time.monotonic() < ends, "no answer came"
            await asyncio.sleep(0.02)
        return "\n".join(call.text for call in self.standin.made(chat=CHAT)[before:])

    async def _is_open(self) -> bool:
        is_final = UpdateRow.state.in_((State.ANSWERED, State.FAILED))
        async with self.whole.base.database.read() as session:
            return bool(await session.scalar(select(func.count()).select_from(UpdateRow).where(~is_final)))


@dataclass
class OnThePage:
    """Whoever writes into the widget."""

    web: httpx2.AsyncClient
    conversation: str | None = field(default=None)

    async def say(self, text: str) -> str:
        """Write or press and return the answers."""
        part = "button" if "?" in text and " " not in text else "text"
        answer = await self.web.post("/api/v1/chat", json={"conversation": self.conversation, part: text})
        assert answer.status_code == 200, answer.text
        self.conversation = answer.json()["conversation"]
        return "\n".join(each["text"] for each in answer.json()["answers"])
