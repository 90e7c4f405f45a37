"""Planning a broadcast to 100,000 residents: `python -m bench.planning`.

On SQLite, and on PostgreSQL as well where BENCH_DATABASE_URL names an empty database. About a fifth of the contacts is
left out by one condition or another. A row: what was done, seconds, and the most it may take.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bench.town import analyse, databases, memory
from core.clock import SystemClock
from core.database import Database
from notifier.audience.filters import Audience
from notifier.audience.planning import Planned, plan
from notifier.audience.preview import Draft, Previews
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from notifier.pricing import SegmentPrice
from notifier.subscriptions.models import ContactRow, SubscriptionDistrictRow, SubscriptionRow

CONTACTS = 130_000
BATCH = 10_000
AUDIENCE = Audience(frozenset({"announcements"}), districts=frozenset({"piekary", "zosinek"}))
TEXT = "Komunikat miasta: w piątek od 8 do 14 nie będzie wody przy ul. Złotoryjskiej."


async def main() -> None:
    """Fill a database, look at the audience and plan it, and print how long each took."""
    async with databases() as opened:
        for database in opened:
            await _measure(database)
    print(f"bench: {memory()}")


async def _measure(database: Database) -> None:
    engine = database.url.get_backend_name()
    now = SystemClock().now()
    limit = 4.0 if engine == "sqlite" else 2.0
    for first in range(1, CONTACTS + 1, BATCH):
        async with database.write() as session:
            await _fill(session, range(first, first + BATCH), now)
    await analyse(database)
    async with database.write() as session:
        nobody = Broadcast("bench:1", BroadcastKind.ANNOUNCEMENT, "nobody", "Komunikat", TEXT, now)
        broadcast_id = await publish(session, nobody)
    previews = Previews(lambda contact: f"+48600{contact.id:06}", SegmentPrice(Decimal("0.10")))
    draft = Draft({"sms": TEXT, "telegram": TEXT})
    async with database.read() as session:
        seen = await _timed(f"{engine} preview", limit, lambda: previews.preview(session, AUDIENCE, draft, now))
    planned = Planned(broadcast_id, 10, now)
    async with database.write() as session:
        written = await _timed(f"{engine} plan", limit, lambda: plan(session, AUDIENCE, planned, now))
    async with database.write() as session:
        await _timed(f"{engine} plan again", limit, lambda: plan(session, AUDIENCE, planned, now))
    print(f"{written} deliveries, {seen.total} in the preview, left out: {dict(seen.excluded)}")


async def _timed(name: str, limit: float, work: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401 - of any step
    started = time.perf_counter()
    result = await work()
    print(f"{name:22} {time.perf_counter() - started:6.2f} s   at most {limit:.1f} s", flush=True)
    return result


async def _fill(session: AsyncSession, ids: range, now: datetime) -> None:
    contacts = [
        {
            "id": number,
            "channel": "sms" if number % 2 else "telegram",
            "address_sealed": b"x" * 48,
            "address_digest": f"{number:064}",
            "state": "stopped" if number % 20 == 0 else "active",
            "paused_until": now + timedelta(days=1) if number % 50 == 1 else None,
            "created_at": now,
        }
        for number in ids
    ]
    wanted = [number for number in ids if number % 10 != 3]
    topics = [{"id": number, "contact_id": number, "topic": "announcements", "created_at": now} for number in wanted]
    districts = [
        {"subscription_id": number, "district": "kartuzy" if number % 7 == 0 else "piekary"}
        for number in wanted
        if number % 3 == 0
    ]
    await session.execute(insert(ContactRow), contacts)
    await session.execute(insert(SubscriptionRow), topics)
    await session.execute(insert(SubscriptionDistrictRow), districts)


if __name__ == "__main__":
    asyncio.run(main())
