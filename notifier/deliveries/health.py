"""What staff must hear about deliveries: what waits too long, and broadcasts that many were not reached by."""

from datetime import timedelta

from sqlalchemy import case, func, select

from core.clock import Clock
from core.database import Database
from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.clock import server_time
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.sweep import stuck
from notifier.staff_notices.service import StaffNotices
from notifier.staff_notices.texts import NoticeKind

_LOOKED_BACK = timedelta(days=1)
_LEAST_FAILED, _LEAST_SHARE = 10, 0.1


class DeliveryHealth:
    """A regular look at the deliveries."""

    def __init__(self, database: Database, clock: Clock, notices: StaffNotices) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices

    async def check(self) -> None:
        """Tell staff what needs them: a channel that stands still once a day, a broadcast that fails once."""
        failed = func.sum(case((DeliveryRow.state == "failed", 1), else_=0))
        async with self._database.read() as session:
            now = await server_time(session, self._clock.now())
            late = await stuck(session, now)
            failing = await session.execute(
                select(BroadcastRow.id, BroadcastRow.title, failed, func.count())
                .join(DeliveryRow, DeliveryRow.broadcast_id == BroadcastRow.id)
                .where(BroadcastRow.created_at > now - _LOOKED_BACK)
                .group_by(BroadcastRow.id, BroadcastRow.title)
                .having(failed >= _LEAST_FAILED, failed >= _LEAST_SHARE * func.count())
            )
            rows = failing.all()
        for channel, count in late.items():
            await self._notices.tell_daily(NoticeKind.QUEUE_STUCK, channel, channel=channel, count=count)
        for broadcast_id, title, unreached, total in rows:
            key = f"many_failures:{broadcast_id}"
            await self._notices.tell(NoticeKind.MANY_FAILURES, key, title=title, failed=unreached, total=total)
