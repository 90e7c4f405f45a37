"""Staff see before they send: who gets it, who does not and why, how it looks, and what it costs; then exactly that."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from core.crypto import AddressVault
from core.database import Database
from notifier.audience.filters import Audience, Exclusion
from notifier.audience.planning import Planned, plan
from notifier.audience.preview import Draft, Previews, Sample
from notifier.deliveries.models import DeliveryRow
from notifier.pricing import SegmentPrice
from notifier.subscriptions.choices import choose_quiet_hours, pause
from notifier.subscriptions.quiet import QuietHours
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FrozenClock
from tests.notifier.audience.people import broadcast

SMOG = Audience(frozenset({"smog"}))
DRAFT = Draft({"sms": "Złe powietrze", "telegram": "<b>Złe powietrze</b>"})
NIGHT = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)


@pytest.fixture
def subscriptions(clock: FrozenClock) -> Subscriptions:
    return Subscriptions(AddressVault(["encryption-" * 4], "index-" * 8), clock)


@pytest.fixture
async def town(subscriptions: Subscriptions, database: Database, clock: FrozenClock) -> None:
    """Three by SMS and one by Telegram; one pauses, one stopped, one wants other news; two have quiet hours."""
    async with database.write() as session:
        for channel, address in (("sms", "512345671"), ("sms", "512345672"), ("telegram", "100200300")):
            await subscriptions.subscribe(session, channel, address, "smog", text_version="v1")
        await subscriptions.subscribe(session, "sms", "512345673", "announcements", text_version="v1")
        for address in ("512345674", "512345675"):
            await subscriptions.subscribe(session, "sms", address, "smog", text_version="v1")
        await subscriptions.unsubscribe(session, "sms", "512345674")
        paused = await subscriptions.contact(session, "sms", "512345675")
        light_sleeper = await subscriptions.contact(session, "sms", "512345672")
        assert paused
        assert light_sleeper
        pause(paused, clock.now() + timedelta(days=3), clock.now())
        choose_quiet_hours(paused, QuietHours(1320, 360))
        choose_quiet_hours(light_sleeper, QuietHours(1320, 360))


@pytest.mark.usefixtures("town")
async def test_the_preview_counts_everybody_once(subscriptions: Subscriptions, database: Database) -> None:
    async with database.read() as session:
        seen = await Previews(subscriptions.address, SegmentPrice(Decimal("0.10"))).preview(session, SMOG, DRAFT, NIGHT)
    assert seen.recipients == {"sms": 2, "telegram": 1}
    assert seen.total == 3
    assert seen.excluded == {Exclusion.STOPPED: 1, Exclusion.PAUSED: 1, Exclusion.NO_CONSENT: 1}
    assert seen.waiting == 1
    assert seen.samples == (
        Sample("sms", "+48 *** *** 671", "Zle powietrze\nRezygnacja: STOP"),
        Sample("sms", "+48 *** *** 672", "Zle powietrze\nRezygnacja: STOP"),
        Sample("telegram", "***300", "<b>Złe powietrze</b>\n\nUstawienia i rezygnacja: /alerty"),
    )
    assert seen.sms is not None
    assert (seen.sms.recipients, seen.sms.as_written.cost, seen.sms.plain.cost) == (2, Decimal("0.20"), Decimal("0.20"))


@pytest.mark.usefixtures("town")
async def test_a_severe_message_waits_for_nobody(subscriptions: Subscriptions, database: Database) -> None:
    previews = Previews(subscriptions.address, SegmentPrice(Decimal("0.10")))
    async with database.read() as session:
        seen = await previews.preview(session, SMOG, Draft({"sms": "Pilne"}, severe=True), NIGHT)
    assert seen.waiting == 0


@pytest.mark.usefixtures("town")
async def test_without_sms_nothing_is_paid(subscriptions: Subscriptions, database: Database) -> None:
    previews = Previews(subscriptions.address, SegmentPrice(Decimal("0.10")))
    async with database.read() as session:
        seen = await previews.preview(
            session, Audience(frozenset({"smog"}), channels=frozenset({"telegram"})), DRAFT, NIGHT
        )
    assert seen.sms is None
    assert seen.recipients == {"telegram": 1}


@pytest.mark.usefixtures("town")
async def test_the_plan_is_the_preview_and_made_once(
    subscriptions: Subscriptions, database: Database, clock: FrozenClock
) -> None:
    previews = Previews(subscriptions.address, SegmentPrice(Decimal("0.10")))
    planned = Planned(1, priority=10, due_at=clock.now())
    async with database.write() as session:
        session.add(broadcast(1, clock.now()))
        await session.flush()
        seen = await previews.preview(session, SMOG, DRAFT, clock.now())
        assert await plan(session, SMOG, planned, clock.now()) == seen.total
        assert await plan(session, SMOG, planned, clock.now()) == 0
        channels = await session.scalars(select(DeliveryRow.channel))
        assert Counter(channels.all()) == seen.recipients
        await subscriptions.subscribe(session, "sms", "512345679", "smog", text_version="v1")
        assert await plan(session, SMOG, planned, clock.now()) == 1


@pytest.mark.usefixtures("town")
async def test_a_plan_that_is_rolled_back_leaves_nothing(database: Database, clock: FrozenClock) -> None:
    async with database.read() as session:
        session.add(broadcast(1, clock.now()))
        await session.flush()
        await plan(session, SMOG, Planned(1, 10, clock.now()), clock.now())
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(DeliveryRow)) == 0
