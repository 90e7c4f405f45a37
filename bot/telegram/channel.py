"""The Telegram channel as one role: a bot, its inbox, and where its updates come from."""

import asyncio
from dataclasses import dataclass

from bot.guard import ChatGuard
from bot.telegram.attendant import Attendant
from bot.telegram.courier import BotPause, Courier, ReplyLimits
from bot.telegram.departures import Departures
from bot.telegram.inbox import Inbox
from bot.telegram.intake import Intake
from bot.telegram.polling import Poller
from bot.telegram.profile import Profile, Webhook, introduce
from bot.telegram.talk import Talk
from core.clock import Clock
from core.database import Database
from notifier.channels.telegram.bot import open_bot

_REQUEST_SECONDS = 10.0


@dataclass(frozen=True)
class TelegramChannel:
    """What the channel works with; without a webhook it polls."""

    token: str
    api_base: str
    webhook: Webhook | None
    intake: Intake
    talk: Talk
    departures: Departures
    profile: Profile
    guard: ChatGuard
    limits: ReplyLimits
    pause: BotPause
    database: Database
    clock: Clock

    async def run(self, stop: asyncio.Event) -> None:
        """Take messages in and answer them until `stop` is set; what is being answered then is finished.

        Raises:
            ConfigurationError: the token does not look like one.
        """
        async with open_bot(self.token, self.api_base, _REQUEST_SECONDS) as bot:
            courier = Courier(bot, self.clock, self.limits, self.pause)
            attendant = Attendant(self.database, self.clock, self.talk, courier, self.guard, self.departures)
            async with asyncio.TaskGroup() as group:
                group.create_task(Inbox(self.database, self.clock, attendant).run(self.intake.stored, stop))
                group.create_task(introduce(bot, self.profile, self.webhook, stop))
                if self.webhook is None:
                    group.create_task(Poller(bot, self.intake).run(stop))
