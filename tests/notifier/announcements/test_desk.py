"""Announcements in the hands of the staff: who may do what, what is kept of it, and what lies on which day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.audit.models import AuditRow
from core.staff.actor import Actor
from core.staff.errors import PermissionRefusedError
from core.staff.permissions import PERMISSIONS, Role
from notifier.announcements.calendar import Calendar
from notifier.announcements.desk import AnnouncementDesk
from notifier.announcements.errors import ContentChangedError, TemplateExistsError, UnknownTemplateError
from notifier.announcements.recipients import Recipients
from notifier.announcements.rules import checked
from notifier.announcements.sending import Sending
from notifier.announcements.states import AnnouncementState
from notifier.announcements.templates import Templates
from notifier.deliveries.states import DeliveryState
from tests.notifier.announcements.office import HOUSE, NEWS, TITLE, Office
from tests.notifier.deliveries.world import World

S = AnnouncementState
EDITOR, APPROVER, ANALYST, ADMINISTRATOR = (
    Actor(name, PERMISSIONS[role])
    for name, role in zip(("Anna Żak", "Piotr Lis", "Ewa Kos", "Olga Sowa"), Role, strict=True)
)


def _desk(office: Office, world: World) -> AnnouncementDesk:
    return AnnouncementDesk(office.database, office.announcements, Sending(office.database, world.redis, office.clock))


async def test_each_role_makes_its_own_steps_only(office: Office, world: World) -> None:
    desk = _desk(office, world)
    number = (await desk.write(EDITOR, NEWS, "k-1")).id
    for person in (APPROVER, ANALYST, ADMINISTRATOR):
        with pytest.raises(PermissionRefusedError):
            await desk.edit(person, number, NEWS, 1)
    await desk.submit(EDITOR, number)
    for person in (EDITOR, ANALYST, ADMINISTRATOR):
        with pytest.raises(PermissionRefusedError):
            await desk.approve(person, number, 1)
        assert not await desk.may_approve(person, number)
    assert await desk.may_approve(APPROVER, number)
    await desk.approve(APPROVER, number, 1)
    for person in (ANALYST, ADMINISTRATOR):
        with pytest.raises(PermissionRefusedError):
            await desk.publish(person, number)
    assert (await desk.publish(EDITOR, number)).state is S.SENDING
    with pytest.raises(PermissionRefusedError):
        await desk.show(ADMINISTRATOR, number)
    assert [line.title for line in await desk.listed(ANALYST, list(S), 10)] == [TITLE]


async def test_every_step_stands_in_the_log_and_a_refused_one_does_not(office: Office, world: World) -> None:
    desk = _desk(office, world)
    number = (await desk.write(EDITOR, NEWS, "k-1")).id
    with pytest.raises(ContentChangedError):
        await desk.edit(EDITOR, number, NEWS, 7)
    await desk.submit(EDITOR, number)
    await desk.send_back(APPROVER, number, "Brak godziny")
    async with office.database.read() as session:
        rows = (await session.scalars(select(AuditRow).order_by(AuditRow.id))).all()
    assert [(row.actor, row.action, row.subject) for row in rows] == [
        ("Anna Żak", "announcement.draft", f"announcements/{number}"),
        ("Anna Żak", "announcement.submit", f"announcements/{number}"),
        ("Piotr Lis", "announcement.return", f"announcements/{number}"),
    ]
    assert rows[-1].after == {"title": TITLE, "version": 1, "reason": "Brak godziny"}


async def test_the_account_is_masked_and_goes_on_where_it_ended(office: Office, world: World) -> None:
    asked = await world.subscribe(3, topic="announcements")
    number = await office.brought_to(S.SENDING)
    account = Recipients(office.database, office.clock, world.subscriptions.address)
    first, second = await account.listed(ANALYST, number, None, 2)
    (third,) = await account.listed(ANALYST, number, None, 2, second.id)
    assert {one.address for one in (first, second, third)} == {f"+48 *** *** {address[-3:]}" for address in asked}
    assert await account.listed(ANALYST, number, DeliveryState.FAILED, 2) == []
    assert len(await account.exported(ANALYST, number, DeliveryState.PENDING)) == 3
    with pytest.raises(PermissionRefusedError):
        await account.exported(ADMINISTRATOR, number, None)


async def test_the_calendar_holds_what_comes_and_not_what_was_dropped(office: Office) -> None:
    start = office.clock.now()
    event = office.event(timedelta(days=20))
    await office.brought_to(S.SENDING, replace(NEWS, event=event))
    await office.brought_to(S.SCHEDULED, replace(NEWS, event=event))
    await office.brought_to(S.CANCELLED, replace(NEWS, event=event))
    entries = await Calendar(office.database).between(ANALYST, start, start + timedelta(days=30))
    assert [(entry.kind, entry.announcement_id) for entry in entries] == [
        ("sent", 1),
        ("scheduled", 2),
        *((kind, number) for kind in ("week", "day", "event") for number in (1, 2)),
    ]
    assert await Calendar(office.database).between(ANALYST, start - timedelta(days=9), start) == []


async def test_a_template_keeps_words_and_audience_but_no_dates_and_its_name_is_its_own(quiet_office: Office) -> None:
    templates = Templates(quiet_office.database, quiet_office.clock, HOUSE)
    content = replace(
        NEWS, districts=("piekary",), channels=("sms",), expires_at=quiet_office.clock.now() + timedelta(days=1)
    )
    assert await templates.save(EDITOR, " Zamknięcie  ulicy ", content) == "Zamknięcie ulicy"
    with pytest.raises(TemplateExistsError):
        await templates.save(EDITOR, "ZAMKNIĘCIE ULICY", NEWS)
    (row,) = await templates.listed(ANALYST)
    assert await templates.content(EDITOR, row.id) == replace(content, expires_at=None)
    await templates.delete(EDITOR, row.id)
    with pytest.raises(UnknownTemplateError):
        await templates.delete(EDITOR, row.id)


async def test_everything_that_is_wrong_is_told_at_once(quiet_office: Office) -> None:
    wrong = replace(NEWS, title="", body="x" * 1001, districts=("atlantyda",), expires_at=quiet_office.clock.now())
    ready, refused = checked(wrong, HOUSE, quiet_office.clock.now())
    assert [str(error).split(":")[0] for error in refused] == [
        "The announcement is refused",
        "The announcement is refused",
        "The title is empty",
        "The text is too long",
    ]
    assert ready.body == "x" * 1001
