"""What is deleted at night of everything the product keeps, and what stays."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from bot.handoffs.handoff import NewHandoff
from bot.handoffs.models import HandoffRow
from bot.handoffs.service import Handoffs
from core.audit.models import AuditRow
from core.clock import SystemClock
from core.crypto import AddressVault
from core.database import Base, Database
from core.settings import Settings
from core.staff.actor import CONSOLE
from hub.retention import retention
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from notifier.deliveries.models import DeliveryRow
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FrozenClock

VAULT = AddressVault(["encryption-" * 4], "index-" * 8)


async def _count(database: Database, table: type[Base]) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def _forgotten(database: Database, clock: FrozenClock) -> dict[str, int]:
    found = await retention(Settings(), database, clock).forget()
    return {name: count for name, count in found.items() if count}


async def test_an_unfinished_message_stays_and_a_closed_one_goes_after_its_days(
    database: Database, clock: FrozenClock
) -> None:
    handoffs = Handoffs(VAULT, clock, "LG")
    async with database.write() as session:
        for key in ("open", "closed"):
            reference = await handoffs.create(session, NewHandoff(key, "web", "air", f"conversation:{key}", "Dym."))
        await handoffs.close(session, reference, "Anna")
    clock.advance(timedelta(days=90))
    assert await _forgotten(database, clock) == {}
    clock.advance(timedelta(seconds=1))
    assert await _forgotten(database, clock) == {"handoffs": 1}
    assert await _count(database, HandoffRow) == 1


async def test_a_consent_is_proof_for_a_year_after_its_end_and_a_running_one_stays(
    database: Database, clock: FrozenClock
) -> None:
    subscriptions = Subscriptions(VAULT, clock)
    async with database.write() as session:
        for number in ("+48601234567", "+48601234568"):
            await subscriptions.subscribe(session, "sms", number, "announcements", text_version="1")
    clock.advance(timedelta(days=300))
    async with database.write() as session:
        await subscriptions.unsubscribe(session, "sms", "+48601234567")
    clock.advance(timedelta(days=365))
    assert await _forgotten(database, clock) == {}
    clock.advance(timedelta(seconds=1))
    assert await _forgotten(database, clock) == {"contacts": 1}
    assert await _count(database, ContactRow) == 1


async def test_an_old_delivery_goes_and_one_that_waits_stays(database: Database, clock: FrozenClock) -> None:
    async with database.write() as session:
        for number in ("+48601234567", "+48601234568"):
            await Subscriptions(VAULT, clock).subscribe(session, "sms", number, "announcements", text_version="1")
        await publish(session, Broadcast("a:1", BroadcastKind.ANNOUNCEMENT, "announcements", "T", "B", clock.now()))
        await session.execute(
            text("UPDATE deliveries SET state = 'sent', finished_at = :at WHERE id = 1").bindparams(
                at=_stored(database, clock.now())
            )
        )
    clock.advance(timedelta(days=366))
    assert await _forgotten(database, clock) == {"deliveries": 1}
    assert await _count(database, DeliveryRow) == 1


def _stored(database: Database, moment: datetime) -> datetime:
    return moment.replace(tzinfo=None) if database.url.get_backend_name() == "sqlite" else moment


async def test_the_audit_log_forgets_only_what_the_database_lets_go(database: Database) -> None:
    now = SystemClock().now()
    async with database.write() as session:
        for days in (370, 360):
            at = now - timedelta(days=days)
            session.add(AuditRow(at=at, actor="Anna", action="text.edited", subject=str(days)))
    kept = retention(Settings(), database, SystemClock())
    await kept.change(CONSOLE, {"audit": 365})
    preview = await kept.preview(CONSOLE, {"audit": 365})
    assert preview["audit"].count == 1
    assert (await kept.forget())["audit"] == 1
    async with database.read() as session:
        subjects = list(await session.scalars(select(AuditRow.subject).order_by(AuditRow.id)))
    assert subjects == ["360", "retention/audit"]


@pytest.mark.parametrize("count", [0, 1, 2500])
async def test_much_is_deleted_in_batches_until_nothing_is_left(
    database: Database, clock: FrozenClock, count: int
) -> None:
    at = _stored(database, clock.now() - timedelta(days=31))
    async with database.write() as session:
        rows = [{"channel": "sms", "recipient": "…567", "text": "x", "at": at} for _ in range(count)]
        if rows:
            insert = text("INSERT INTO outbox (channel, recipient, text, at) VALUES (:channel, :recipient, :text, :at)")
            await session.execute(insert, rows)
    found = await retention(Settings(), database, clock).forget()
    assert found["outbox"] == count


async def test_whom_nobody_may_write_to_is_remembered_for_six_years(database: Database, clock: FrozenClock) -> None:
    subscriptions = Subscriptions(VAULT, clock)
    async with database.write() as session:
        await subscriptions.subscribe(session, "sms", "+48601234567", "announcements", text_version="1")
        await subscriptions.unsubscribe(session, "sms", "+48601234567")
    clock.advance(timedelta(days=6 * 365))
    assert await _forgotten(database, clock) == {"contacts": 1}
    clock.advance(timedelta(seconds=1))
    assert await _forgotten(database, clock) == {"suppressions": 1}
