"""Puts the Telegram channel together; imported only where it is served, because its library takes seconds."""

import asyncio
from dataclasses import dataclass

from fastapi import APIRouter

from api.webhooks.refusals import Refusals
from api.webhooks.telegram import TelegramWebhook, telegram_router
from bot.assistant import Assistant
from bot.telegram.channel import TelegramChannel
from bot.telegram.departures import Departures
from bot.telegram.intake import Intake
from bot.telegram.profile import Profile, Webhook
from bot.telegram.talk import PrivacyNotice, Talk
from hub.bootstrap import Foundation, chat_guard
from hub.messaging.channels import staff_notices, subscriptions
from notifier.deliveries.signals import Pause
from notifier.limits.shared import SharedLimiter
from notifier.limits.telegram import TelegramLimits

_PATH = "/webhooks/telegram"


@dataclass(frozen=True)
class Telegram:
    """The channel, and its webhook's route when Telegram calls us."""

    channel: TelegramChannel
    routers: tuple[APIRouter, ...]

    async def run(self, stop: asyncio.Event) -> None:
        """Take messages in and answer them until `stop` is set."""
        await self.channel.run(stop)


def telegram(base: Foundation, assistant: Assistant) -> Telegram:
    """Return the Telegram channel in the mode that the settings name."""
    settings = base.settings
    intake = Intake(base.database, base.clock)
    secret = settings.telegram_webhook_secret.get_secret_value()
    by_webhook = settings.telegram_mode == "webhook"
    departures = Departures(base.database, subscriptions(base), base.clock, staff_notices(base))
    notice = PrivacyNotice(base.kept, settings.public_url)
    channel = TelegramChannel(
        token=settings.telegram_bot_token.get_secret_value(),
        api_base=settings.telegram_api_base,
        webhook=Webhook(settings.public_url + _PATH, secret) if by_webhook else None,
        intake=intake,
        talk=Talk(assistant, base.texts, base.places, departures, notice),
        departures=departures,
        profile=Profile.of(base.texts["telegram"]),
        guard=chat_guard(base),
        limits=TelegramLimits(SharedLimiter(base.redis, base.clock)),
        pause=Pause(base.redis, "telegram"),
        database=base.database,
        clock=base.clock,
    )
    hook = TelegramWebhook(intake, secret, Refusals(base.metrics.web))
    return Telegram(channel, (telegram_router(hook),) if by_webhook else ())
