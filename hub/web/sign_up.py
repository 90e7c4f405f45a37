"""Puts the sign-up on the web together: its routes and pages, over what sends the codes."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from fastapi import APIRouter

from api.own_page import own_page_router
from api.sign_up_pages import sign_up_pages_router
from api.subscription_desk import SubscriptionDesk
from api.subscription_offer import Offer
from api.subscriptions import subscriptions_router
from core.ratelimit import RateLimiter
from hub.bootstrap import Foundation, address_vault, sign_up
from hub.messaging.channels import budgets
from notifier.channels.base import Channel
from notifier.subscriptions.code_post import CodePost
from notifier.subscriptions.own_page import OwnPage
from notifier.subscriptions.sign_up import SignUps

_SMS = "sms"


@asynccontextmanager
async def open_sign_up(base: Foundation, every: Mapping[str, Channel]) -> AsyncIterator[tuple[APIRouter, ...]]:
    """Yield the routes and pages of sign-up and settings; where no SMS is sent, nobody can sign up by them."""
    settings, vault = base.settings, address_vault(base.settings)
    post = CodePost(every[_SMS], base.texts["alerts_subscribe"], base.clock, base.database, budgets(base)[_SMS])
    sends_sms = settings.is_demo or bool(settings.twilio_account_sid)
    limiter = RateLimiter(base.redis)
    desk = SubscriptionDesk(
        SignUps(base.database, vault, limiter, base.clock, post.send, post.purse) if sends_sms else None,
        OwnPage(base.database, vault, base.clock),
        Offer(base.texts, base.places, sign_up(settings)),
        settings.public_url,
    )
    try:
        yield subscriptions_router(desk), sign_up_pages_router(desk), own_page_router(desk, base.clock)
    finally:
        await post.close()
