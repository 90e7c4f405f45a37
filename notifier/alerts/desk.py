"""Where alerts are run: each run one unit of work, and a person is asked once it is committed."""

from collections.abc import Awaitable, Callable

from redis.asyncio import Redis

from content.format import polish_hour
from core.clock import Clock
from core.database import Database
from core.logging import get_logger
from notifier.alerts.air import AirSource
from notifier.alerts.episodes import AIR
from notifier.alerts.models import AlertMessageRow
from notifier.alerts.release import settle_overdue
from notifier.alerts.repository import followed_since, held_messages, message
from notifier.alerts.rules import AlertRules
from notifier.alerts.service import AlertService
from notifier.alerts.states import MessageState
from notifier.channels.registry import NAMES
from notifier.deliveries.signals import wake

_log = get_logger(__name__)


StaffNotice = Callable[[str, str, str], Awaitable[bool]]
"""Tells the person on duty a subject and a text, once for each key (the first), and returns whether that was done."""


class AlertDesk:
    """Follows the air, sends what is due, and asks people about what is held."""

    def __init__(
        self, database: Database, redis: Redis, clock: Clock, rules: AlertRules, service: AlertService
    ) -> None:
        self._database = database
        self._redis = redis
        self._clock = clock
        self._rules = rules
        self._service = service

    async def run(self, air: AirSource, staff: StaffNotice) -> None:
        """Evaluate what is new, do what deadlines say, and ask a person about what is held; safe to run at any time."""
        async with self._database.read() as session:
            since = await followed_since(session, AIR)
        states = await air(since)
        async with self._database.write() as session:
            made = await self._service.evaluate(session, states)
            released = await settle_overdue(session, self._clock.now())
        if released or any(row.state == MessageState.SENT for row in made):
            await wake(self._redis, NAMES)
        await self._ask(staff)

    async def _ask(self, staff: StaffNotice) -> None:
        """Tell staff of what is held and was not told yet; what fails now is tried again with the next run."""
        async with self._database.read() as session:
            held = await held_messages(session)
        for row in held:
            if row.staff_told_at is None and await self._tell(staff, row):
                async with self._database.write() as session:
                    (await message(session, row.id)).staff_told_at = self._clock.now()

    async def _tell(self, staff: StaffNotice, row: AlertMessageRow) -> bool:
        texts = self._rules.held_notice
        fields = {
            "title": row.title,
            "body": row.body,
            "hour": polish_hour(row.decide_by),
            "consequence": texts.send if row.at_deadline == "send" else texts.lapse,
        }
        try:
            return await staff(f"held-alert:{row.id}", texts.subject.format(**fields), texts.body.format(**fields))
        except Exception as error:
            # A broken notice must not stop the alerts of everyone else.
            _log.error("staff_not_told", alert=row.id, error=type(error).__name__, exc_info=error)
            return False
