"""Planning a broadcast to 100,000 residents: who gets it, shown before it is approved, and written when it goes out.

About a fifth of the contacts is left out by one condition or another.
"""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bench.rows import Row, at_most
from bench.town import CLOCK, analyse, databases, memory
from core.database import Database
from notifier.audience.filters import Audience
from notifier.audience.planning import Planned, plan
from notifier.audience.preview import Draft, Previews
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from notifier.pricing import SegmentPrice
from notifier.subscriptions.models import ContactRow, SubscriptionDistrictRow, SubscriptionRow

CONTACTS = 130_000
BATCH = 10_000
MOST_SECONDS = {"SQLite": 4.0, "PostgreSQL": 2.0}
AUDIENCE = Audience(frozenset({"announcements"}), districts=frozenset({"piekary", "zosinek"}))
TEXT = "Komunikat miasta: w piątek od 8 do 14 nie będzie wody przy ul. Złotoryjskiej."
WRITTEN = "deliveries of the plan"


def plan_row(engine: str) -> str:
    """Return the name of the row about writing the deliveries."""
    return f"plan, {engine}"


async def measure() -> list[Row]:
    """Return the seconds that each step takes on each database."""
    rows = []
    async with databases() as opened:
        for engine, database in opened.items():
            rows += await _steps(database, engine)
    return [*rows, memory()]


async def _steps(database: Database, engine: str) -> list[Row]:
    now = CLOCK.now()
    for first in range(1, CONTACTS + 1, BATCH):
        async with database.write() as session:
            await _fill(session, range(first, first + BATCH), now)
    await analyse(database)
    async with database.write() as session:
        nobody = Broadcast("bench:1", BroadcastKind.ANNOUNCEMENT, "nobody", "Komunikat", TEXT, now)
        planned = Planned(await publish(session, nobody), 10, now)
    previews = Previews(lambda contact: f"+48600{contact.id:06}", SegmentPrice(Decimal("0.10")))
    draft = Draft({"sms": TEXT, "telegram": TEXT})
    async with database.read() as session:
        _, preview = await _timed(lambda: previews.preview(session, AUDIENCE, draft, now))
    async with database.write() as session:
        written, first_time = await _timed(lambda: plan(session, AUDIENCE, planned, now))
    async with database.write() as session:
        _, again = await _timed(lambda: plan(session, AUDIENCE, planned, now))
    took = {f"preview, {engine}": preview, plan_row(engine): first_time, f"the same plan again, {engine}": again}
    wanted = (at_most("value", MOST_SECONDS[engine]),)
    rows = [Row(name=name, value=seconds, unit="s", targets=wanted) for name, seconds in took.items()]
    return [*rows, Row(name=f"{WRITTEN}, {engine}", value=written)]


async def _timed(work: Callable[[], Awaitable[Any]]) -> tuple[Any, float]:
    started = time.perf_counter()
    return await work(), time.perf_counter() - started


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
