"""Puts the notifier together: who is told of what, and the workers that send it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module

from api.demo import DemoDesk
from hub.bootstrap import Foundation, address_vault
from notifier.alerts.messages import AlertWriter
from notifier.alerts.rules import load_rules
from notifier.alerts.service import AlertService
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from notifier.channels.base import Channel
from notifier.channels.registry import NAMES, channels
from notifier.deliveries.signals import wake
from notifier.demo import Demo
from notifier.subscriptions.service import Subscriptions
from notifier.worker import Tools, Worker


class Alerts:
    """Follows the air and publishes what residents must be told."""

    def __init__(self, base: Foundation) -> None:
        rules = load_rules(base.city.folder)
        writer = AlertWriter(rules, base.texts, base.city)
        self._base = base
        self._service = AlertService(rules, writer, base.clock, allow_sample=base.settings.is_demo)

    async def run(self) -> None:
        """Evaluate the last good reading and publish its messages in one transaction."""
        snapshot = await self._base.sources.air.latest()
        if snapshot is None:
            return
        async with self._base.database.write() as session:
            messages = await self._service.evaluate(session, snapshot)
            for message in messages:
                await publish(
                    session,
                    Broadcast(
                        message.key,
                        BroadcastKind.ALERT,
                        "smog",
                        message.title,
                        message.body,
                        self._base.clock.now(),
                        message.expires_at,
                    ),
                )
        if messages:
            await wake(self._base.redis, NAMES)


def demo_desk(base: Foundation) -> DemoDesk:
    """Return what the pages of the demo work with."""
    return DemoDesk(Demo(base.database, subscriptions(base), base.clock, base.city.air_station.id), Alerts(base).run)


def subscriptions(base: Foundation) -> Subscriptions:
    """Return the subscriptions of residents."""
    return Subscriptions(address_vault(base.settings), base.clock)


@asynccontextmanager
async def worker(base: Foundation) -> AsyncIterator[Worker]:
    """Yield the worker of every channel; a channel without credentials writes to the outbox on the screen."""
    settings = base.settings
    async with AsyncExitStack() as stack:
        providers: list[Channel] = []
        if token := settings.telegram_bot_token.get_secret_value():
            telegram = import_module("notifier.channels.telegram")
            opened = telegram.telegram_channel(token, settings.telegram_api_base, base.clock)
            providers.append(await stack.enter_async_context(opened))
        if settings.twilio_account_sid:
            sms = import_module("hub.sms").channel(base)
            stack.push_async_callback(sms.close)
            providers.append(sms)
        every = channels(providers, base.database, base.clock)
        yield Worker(Tools(base.database, base.redis, base.clock, subscriptions(base).address), every.values())
