"""The alerts that went out, as the feeds and the open pages show them."""

from collections.abc import Sequence

from api.feeds import SentAlert
from api.notices import LiveAlert
from core.clock import Clock
from core.database import Database
from notifier.alerts.cap import CapSender, cap
from notifier.alerts.models import AlertMessageRow
from notifier.alerts.repository import by_identifier, latest_sent

_LATEST = 50


class SentAlerts:
    """Reads what went out; samples count only in the demo, which has nothing else."""

    def __init__(self, database: Database, clock: Clock, sender: CapSender, *, samples: bool) -> None:
        self._database = database
        self._clock = clock
        self._sender = sender
        self._samples = samples

    async def latest(self) -> Sequence[SentAlert]:
        """Return the newest alerts, the newest first."""
        return [
            SentAlert(row.identifier, row.title, row.body, row.sent_at)
            for row in await self._rows()
            if row.identifier and row.sent_at
        ]

    async def cap(self, identifier: str) -> bytes | None:
        """Return an alert as a CAP document, None when there is none of that identifier."""
        async with self._database.read() as session:
            row = await by_identifier(session, identifier, samples=self._samples)
        return cap(row, self._sender) if row else None

    async def valid(self) -> LiveAlert | None:
        """Return the newest alert that has neither expired nor been called off."""
        seen: set[int] = set()
        for row in await self._rows():
            if row.episode_id not in seen and row.level is not None and row.expires_at > self._clock.now():
                return LiveAlert(row.identifier or "", row.title, row.body)
            seen.add(row.episode_id)
        return None

    async def _rows(self) -> Sequence[AlertMessageRow]:
        async with self._database.read() as session:
            return await latest_sent(session, _LATEST, samples=self._samples)
