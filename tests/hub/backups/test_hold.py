"""After a restore nothing of the past goes out until a person lets it: it may have gone out after the backup."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis
from sqlalchemy import select

from bot.handoffs.handoff import NewHandoff
from bot.handoffs.letters.models import LetterRow
from bot.handoffs.service import Handoffs
from bot.telegram.models import UpdateRow
from content.pack import load_city
from core.audit.models import AuditRow
from core.crypto import AddressVault
from core.database import Database
from core.redis import open_redis
from hub.backups.making import make_backup
from hub.backups.restore import Restored, restore_backup
from notifier.alerts.models import AlertEpisodeRow, AlertMessageRow
from notifier.announcements.states import AnnouncementState
from notifier.staff_notices.models import StaffNoticeRow
from notifier.staff_notices.service import StaffNotices
from notifier.staff_notices.texts import load_notice_texts
from tests.hub.backups.filled import hub_file, settings_for
from tests.notifier.announcements.office import EWA, PIOTR, Office
from tests.notifier.deliveries.world import ScriptedChannel, World

__all__ = ["hub_file"]

SECRET, KEY = "i" * 32, "k" * 32
"""Those of the small city of the deliveries' tests."""
SENDER = "sms:+48512345678"


@dataclass
class Morning:
    """The city as it is restored, two hours after its backup; `sms` is the provider."""

    city: World
    office: Office
    restored: Restored
    announced: int
    scheduled: int
    approved: int
    sms: ScriptedChannel

    async def work(self) -> list[str]:
        """Let jobs and worker do what is due; return whom they called."""
        await self.office.jobs.run()
        await self.city.drain(self.city.lane(self.sms))
        return self.sms.called


@pytest.fixture
async def redis_inside() -> AsyncIterator[Redis]:
    redis = open_redis(None)
    yield redis
    await redis.aclose()


@pytest.fixture
async def morning(hub_file: Database, redis_inside: Redis, tmp_path: Path) -> AsyncIterator[Morning]:
    """A city whose backup was made while everything was on its way."""
    before = World(hub_file, redis_inside)
    office = Office(hub_file, redis_inside, before.clock)
    await before.subscribe(2, topic="announcements")
    await before.subscribe(1, topic="smog")
    announced = await office.brought_to(AnnouncementState.SENDING)
    scheduled = await office.brought_to(AnnouncementState.SCHEDULED)
    approved = await office.brought_to(AnnouncementState.APPROVED)
    await before.publish("alert:1")
    await _add_what_waits(before)
    file = (await make_backup(settings_for(hub_file, tmp_path, SECRET, KEY), before.clock, tmp_path, keep=None)).file

    target = settings_for(f"sqlite:///{tmp_path / 'restored.db'}", tmp_path, SECRET, KEY)
    before.clock.advance(timedelta(hours=2))
    restored = await restore_backup(target, before.clock, file)
    database = Database(target.database)
    city = World(database, redis_inside)
    city.clock.set(before.clock.now())
    numbers = announced, scheduled, approved
    yield Morning(city, Office(database, redis_inside, city.clock), restored, *numbers, ScriptedChannel())
    await database.close()


async def _add_what_waits(city: World) -> None:
    """Add an alert that waits for a decision, a reply and a notice to be sent, and a message to be answered."""
    now, handoffs = city.clock.now(), Handoffs(AddressVault([KEY], SECRET), city.clock, "LG")
    notices = StaffNotices(city.database, city.redis, city.clock, load_notice_texts(load_city("legnica").folder))
    await notices.say("stuck", "Wiadomości czekają", "Od 10 minut.")
    async with city.database.write() as session:
        number = await handoffs.create(session, NewHandoff("a", "sms", "air", SENDER, "Dym.", "here", SENDER))
        await handoffs.assign(session, number, "Anna", "Anna")
        await handoffs.reply(session, number, "Patrol był na miejscu.", "Anna")
        episode = AlertEpisodeRow(
            zone="52", kind="air", sample=False, started_at=now, measured_at=now, level=4, raised=[], seen={}, calm=0
        )
        session.add(episode)
        session.add(
            UpdateRow(
                update_id=1,
                state="received",
                chat_id=5,
                raw={"text": "smog"},
                sent=0,
                attempts=0,
                received_at=now,
                due_at=now,
            )
        )
        await session.flush()
        texts = {"severity": "severe", "title": "Smog", "body": "Smog.", "sms": "Smog."}
        moments = {"measured_at": now, "created_at": now, "decide_by": now, "expires_at": now + timedelta(hours=9)}
        session.add(
            AlertMessageRow(
                episode_id=episode.id,
                key="alert:2",
                state="held",
                sample=False,
                at_deadline="send",
                references=[],
                **texts,
                **moments,
            )
        )


async def test_nothing_goes_out_until_a_person_resumes_it(morning: Morning) -> None:
    held = morning.restored.held
    assert (held.paused, held.returned) == ((morning.announced,), (morning.scheduled,))
    assert held.approved == (morning.approved,)
    assert await morning.work() == []

    # What is new goes out as ever.
    await morning.city.publish("alert:3")
    assert len(await morning.work()) == 1

    await morning.office.announcements.resume(morning.announced, EWA)
    assert len(await morning.work()) == 1 + 2

    # What was scheduled is read and approved again.
    returned = await morning.office.announcements.show(morning.scheduled)
    assert returned.state is AnnouncementState.RETURNED
    *_, last = await morning.office.announcements.history(morning.scheduled)
    assert str(last.reason).startswith("Przywrócono kopię zapasową z ")

    await morning.office.announcements.submit(morning.scheduled, EWA)
    await morning.office.announcements.approve(morning.scheduled, PIOTR)
    await morning.office.announcements.publish(morning.scheduled, PIOTR)
    assert len(await morning.work()) == 3 + 2


async def test_what_would_be_stale_is_ended(morning: Morning) -> None:
    held = morning.restored.held
    assert (held.broadcasts, held.alerts, held.replies) == (1, 1, 1)
    async with morning.city.database.read() as session:
        assert (await session.scalars(select(AlertMessageRow.state))).all() == ["lapsed"]
        (letter,) = await session.scalars(select(LetterRow))
        assert (letter.state, letter.due_at) == ("failed", None)
        (update,) = await session.scalars(select(UpdateRow))
        assert (update.state, update.chat_id, update.raw) == ("failed", None, None)
        (notice,) = await session.scalars(select(StaffNoticeRow))
        assert notice.sent_at == morning.city.clock.now()
        actions = (await session.scalars(select(AuditRow.action).order_by(AuditRow.id))).all()
        assert actions[-1] == "backup.restored"
