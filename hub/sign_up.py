"""Puts the sign-up on the web together: its routes and pages, and the SMS that carry the codes."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from fastapi import APIRouter

from api.own_page import own_page_router
from api.sign_up_pages import sign_up_pages_router
from api.subscription_desk import SubscriptionDesk
from api.subscription_offer import Offer
from api.subscriptions import subscriptions_router
from content.texts import Wording
from core.clock import Clock
from core.ratelimit import RateLimiter
from hub.bootstrap import Foundation, address_vault, sign_up
from notifier.channels.base import Channel, OutgoingMessage
from notifier.subscriptions.own_page import OwnPage
from notifier.subscriptions.sign_up import CODE_LASTS, SignUps

_SMS = "sms"
_NO_DELIVERY = 0


class CodePost:
    """Sends codes by SMS while the resident already sees the next page; so nobody learns from the time it takes."""

    def __init__(self, channel: Channel, wording: Wording, clock: Clock) -> None:
        self._channel = channel
        self._wording = wording
        self._clock = clock
        self._on_their_way: set[asyncio.Task[object]] = set()

    async def send(self, number: str, code: str) -> None:
        """Start sending; a failure is logged by the channel, and the resident asks for another code."""
        sending = asyncio.create_task(self._channel.send(number, self._message(code)))
        self._on_their_way.add(sending)
        sending.add_done_callback(self._on_their_way.discard)

    async def close(self) -> None:
        """Return when every code is with the provider, or was refused."""
        await asyncio.gather(*self._on_their_way)

    def _message(self, code: str) -> OutgoingMessage:
        minutes = int(CODE_LASTS.total_seconds() // 60)
        title, body = self._wording.say("code_title", code=code), self._wording.say("code", minutes=minutes)
        return OutgoingMessage(title, body, _NO_DELIVERY, self._clock.now() + CODE_LASTS)


@asynccontextmanager
async def open_sign_up(base: Foundation, every: Mapping[str, Channel]) -> AsyncIterator[tuple[APIRouter, ...]]:
    """Yield the routes and pages of sign-up and settings; where no SMS is sent, nobody can sign up by them."""
    settings, vault = base.settings, address_vault(base.settings)
    post = CodePost(every[_SMS], base.texts["alerts_subscribe"], base.clock)
    sends_sms = settings.is_demo or bool(settings.twilio_account_sid)
    limiter = RateLimiter(base.redis)
    desk = SubscriptionDesk(
        SignUps(base.database, vault, limiter, base.clock, post.send) if sends_sms else None,
        OwnPage(base.database, vault, base.clock),
        Offer(base.texts, base.places, sign_up(settings)),
        settings.public_url,
    )
    try:
        yield subscriptions_router(desk), sign_up_pages_router(desk), own_page_router(desk, base.clock)
    finally:
        await post.close()
