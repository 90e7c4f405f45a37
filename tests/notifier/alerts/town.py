"""A town whose air is told hour by hour, and a person on duty who hears of what is held."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from redis.asyncio import Redis
from sqlalchemy import select

from content.sources.gios import ExceedanceKind, Pollutant
from content.topics.air.notices import Notice
from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.alerts.air import AirState, Measurement
from notifier.alerts.decisions import Decisions
from notifier.alerts.desk import AlertDesk
from notifier.alerts.messages import AlertWriter
from notifier.alerts.models import AlertEpisodeRow, AlertMessageRow
from notifier.alerts.rules import AlertRules
from notifier.alerts.service import AlertService
from notifier.broadcasts.models import BroadcastRow
from tests.fakes import FrozenClock

HOUR = timedelta(hours=1)
HALF_AN_HOUR = timedelta(minutes=30)


def named(name: str) -> Actor:
    """Return somebody on duty."""
    return Actor(name, frozenset({Permission.DECIDE_ALERTS}))


PIOTR = named("Piotr Lis")


def notice_of(
    norm: str, at: datetime, *, kind: str = "alert", pollutant: str | None = None, precautions: str | None = None
) -> Notice:
    """Return a notice of GIOŚ that an exceedance happened."""
    return Notice(ExceedanceKind(kind), Pollutant(pollutant) if pollutant else None, norm, at, None, precautions)


def state(
    at: datetime,
    index: int | None = None,
    *,
    pm10_day: float | None = None,
    notices: Sequence[Notice] = (),
    sample: bool = False,
) -> AirState:
    """Return an hour of the town's air."""
    measured = [Measurement("index", "1h", index)] if index is not None else []
    measured += [Measurement("pm10", "24h", pm10_day)] if pm10_day is not None else []
    return AirState("52", at, tuple(measured), tuple(notices), sample)


class Town:
    """Runs the alerts of a town, twice on the same data as the half-hourly job does."""

    def __init__(
        self, database: Database, redis: Redis, clock: FrozenClock, rules: AlertRules, writer: AlertWriter
    ) -> None:
        self.database = database
        self.clock = clock
        self.redis = redis
        self.rules = rules
        self.writer = writer
        self.asked: list[tuple[str, str, str]] = []
        self.answers_the_phone = True
        self.decisions = Decisions(database, redis, clock)
        self.follow_rules(rules)

    def follow_rules(self, rules: AlertRules, *, allow_sample: bool = False) -> None:
        """Work by these rules from now on."""
        self.rules = rules
        service = AlertService(rules, self.writer, self.clock, allow_sample=allow_sample)
        self.desk = AlertDesk(self.database, self.redis, self.clock, rules, service)

    async def run(self, *states: AirState) -> list[AlertMessageRow]:
        """Run the job over the states, and return the messages that it made."""
        before = len(await self.messages())

        async def air(since: datetime | None) -> Sequence[AirState]:
            return [each for each in states if since is None or each.measured_at > since] or states[-1:]

        await self.desk.run(air, self._duty)
        return (await self.messages())[before:]

    async def hourly(self, *levels: int | None) -> list[int | None]:
        """Live through one reading an hour, and return the levels that were told."""
        told: list[int | None] = []
        for level in levels:
            for _ in range(2):
                told += [message.level for message in await self.run(state(self.clock.now() - HALF_AN_HOUR, level))]
            self.clock.advance(HOUR)
        return told

    async def messages(self) -> list[AlertMessageRow]:
        async with self.database.read() as session:
            return list(await session.scalars(select(AlertMessageRow).order_by(AlertMessageRow.id)))

    async def broadcasts(self) -> list[BroadcastRow]:
        async with self.database.read() as session:
            return list(await session.scalars(select(BroadcastRow).order_by(BroadcastRow.id)))

    async def running(self) -> list[int]:
        """Return the levels of the episodes that run."""
        query = select(AlertEpisodeRow.level).where(AlertEpisodeRow.ended_at.is_(None)).order_by(AlertEpisodeRow.id)
        async with self.database.read() as session:
            return list(await session.scalars(query))

    async def _duty(self, key: str, subject: str, text: str) -> bool:
        if self.answers_the_phone:
            self.asked.append((key, subject, text))
        return self.answers_the_phone
