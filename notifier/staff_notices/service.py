"""Writes notices down: whoever has something to say to staff says it here, in a unit of work of its own."""

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncSession

from core.clock import Clock, warsaw
from core.database import Database, insert_into
from core.logging import get_logger
from notifier.deliveries.signals import tell
from notifier.staff_notices.models import MAX_SUBJECT, StaffNoticeRow
from notifier.staff_notices.texts import NoticeKind, NoticeTexts

_log = get_logger(__name__)

SIGNAL = "staff_notices"
"""Under this name Redis carries that there is a notice."""


class StaffNotices:
    """Where notices are handed in; the post (`post.py`) carries them."""

    def __init__(self, database: Database, redis: Redis, clock: Clock, texts: NoticeTexts) -> None:
        self._database = database
        self._redis = redis
        self._clock = clock
        self._texts = texts

    async def tell(self, kind: NoticeKind, key: str, **fields: object) -> bool:
        """Tell staff once for each `key`, in the city's words; never raises, because what it reports on must go on."""
        return await self.say(key, *self._texts.render(kind, fields))

    async def tell_daily(self, kind: NoticeKind, about: str, **fields: object) -> bool:
        """Tell staff once on each Polish day of what it is `about`."""
        return await self.tell(kind, f"{kind}:{about}:{warsaw(self._clock.now()).date()}", **fields)

    async def refused_by_provider(self, channel: str, code: str) -> bool:
        """Tell staff once a day that a provider refuses messages for a reason that only people can remove."""
        return await self.tell_daily(NoticeKind.PROVIDER_REFUSAL, f"{channel}:{code}", channel=channel, code=code)

    async def say(self, key: str, subject: str, text: str) -> bool:
        """Tell staff once for each `key`, in the caller's words; return whether the notice is safely kept."""
        try:
            async with self._database.write() as session:
                await self._keep(session, key, subject, text)
        except Exception as error:
            _log.error("a notice to staff is lost", key=key, error=type(error).__name__, exc_info=error)
            return False
        await tell(self._redis, SIGNAL)
        return True

    async def _keep(self, session: AsyncSession, key: str, subject: str, text: str) -> None:
        now = self._clock.now()
        values = {"key": key, "subject": subject[:MAX_SUBJECT], "body": text, "first_at": now, "last_at": now}
        again = {"times": StaffNoticeRow.times + 1, "last_at": now}
        notice = insert_into(session, StaffNoticeRow).values(**values, times=1)
        await session.execute(notice.on_conflict_do_update(index_elements=[StaffNoticeRow.key], set_=again))
