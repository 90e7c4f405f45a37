"""Events and their reminders. The clock starts at 19:30 in Poland on 23 November 2026."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import WARSAW
from core.staff.actor import Actor
from core.staff.permissions import PERMISSIONS, Role
from notifier.announcements.calendar import Calendar
from notifier.announcements.content import Content, EventDetails
from notifier.announcements.models import ReminderKind
from notifier.announcements.moves import SYSTEM
from notifier.announcements.reminders import due_at
from notifier.announcements.states import AnnouncementState
from tests.notifier.announcements.office import ANNA, PIOTR, Office
from tests.notifier.deliveries.world import World

S = AnnouncementState
DAY = timedelta(days=1)
_ANALYST = Actor("Olga Lis", PERMISSIONS[Role.ANALYST])
MEETING = Content("Spotkanie w sprawie smogu", "Zapraszamy {day} o {hour}, {place}.")


async def _announced(office: Office, after: timedelta = 20 * DAY, registration: str | None = None) -> int:
    content = replace(MEETING, event=office.event(after, registration))
    return await office.brought_to(S.SENDING, content)


async def _pass(office: Office, by: timedelta) -> list[str]:
    """Let time pass and the jobs run, and return the titles of what was published since."""
    before = len(await office.broadcasts())
    office.clock.advance(by)
    for _ in range(2):
        await office.jobs.run()
    return [broadcast.title for broadcast in (await office.broadcasts())[before:]]


async def test_residents_are_reminded_a_week_and_a_day_before(office: Office, world: World) -> None:
    await world.subscribe(2, topic="events")
    await world.subscribe(1, topic="announcements")
    number = await _announced(office, registration="https://miasto.example/zapisy")
    await _pass(office, 12 * DAY)
    assert len(await office.broadcasts()) == 1
    await _pass(office, 2 * DAY)
    await _pass(office, 6 * DAY - timedelta(hours=1))
    first, week, day = await office.broadcasts()
    assert (week.title, day.title) == ("Za tydzień: Spotkanie w sprawie smogu", "Jutro: Spotkanie w sprawie smogu")
    assert week.body.endswith("Miejsce: Rynek 1. Zapisy: https://miasto.example/zapisy")
    assert week.expires_at == day.expires_at == first.expires_at
    assert len(await world.deliveries()) == 3 * 2
    assert [state for state, _, _ in (await office.reminders(number)).values()] == ["sent", "sent"]


async def test_a_reminder_soon_after_the_announcement_is_left_out(quiet_office: Office) -> None:
    number = await _announced(quiet_office, 7 * DAY + timedelta(hours=23))
    reminders = await quiet_office.reminders(number)
    assert reminders["week"][:2] == ("skipped", "approved_too_late")
    assert reminders["day"][:2] == ("waiting", None)
    tomorrow = await _announced(quiet_office, DAY)
    assert {state for state, _, _ in (await quiet_office.reminders(tomorrow)).values()} == {"skipped"}


async def test_a_cancelled_event_is_not_reminded_of(quiet_office: Office) -> None:
    number = await _announced(quiet_office)
    await quiet_office.announcements.cancel(number, ANNA, "Odwołane")
    assert await _pass(quiet_office, 19 * DAY + timedelta(hours=1)) == []
    assert {reason for _, reason, _ in (await quiet_office.reminders(number)).values()} == {"cancelled"}


async def test_an_event_that_was_taken_back_is_not_reminded_of(quiet_office: Office) -> None:
    number = await _announced(quiet_office)
    await quiet_office.jobs.run()
    retraction = Content("Spotkanie", "Spotkanie się nie odbędzie.", corrects=number, is_retraction=True)
    # A program may name the event again.
    retraction = replace(retraction, event=quiet_office.event(25 * DAY))
    await quiet_office.brought_to(S.SENDING, retraction)
    assert await _pass(quiet_office, 19 * DAY + timedelta(hours=1)) == []
    assert {reason for _, reason, _ in (await quiet_office.reminders(number)).values()} == {"taken_back"}
    start = quiet_office.clock.now() - 30 * DAY
    entries = await Calendar(quiet_office.database).between(_ANALYST, start, start + 60 * DAY)
    assert {entry.kind for entry in entries} == {"sent"}


async def test_a_corrected_event_is_reminded_of_at_its_new_time(quiet_office: Office) -> None:
    number = await _announced(quiet_office)
    correction = replace(MEETING, event=quiet_office.event(25 * DAY), corrects=number)
    await quiet_office.brought_to(S.SENDING, correction)
    assert await _pass(quiet_office, 17 * DAY) == []
    assert await _pass(quiet_office, 2 * DAY) == ["Za tydzień: Sprostowanie: Spotkanie w sprawie smogu"]


async def test_after_a_long_stop_only_the_nearest_reminder_comes(quiet_office: Office) -> None:
    number = await _announced(quiet_office)
    assert await _pass(quiet_office, 19 * DAY + timedelta(hours=2)) == ["Jutro: Spotkanie w sprawie smogu"]
    assert (await quiet_office.reminders(number))["week"][:2] == ("skipped", "missed")
    late = await _announced(quiet_office)
    assert await _pass(quiet_office, 21 * DAY) == []
    assert {reason for _, reason, _ in (await quiet_office.reminders(late)).values()} == {"missed"}


async def test_what_was_changed_behind_the_approval_is_not_reminded_of(quiet_office: Office) -> None:
    number = await _announced(quiet_office)
    await quiet_office.change(number, event_place="Inne miejsce")
    assert await _pass(quiet_office, 19 * DAY + timedelta(hours=1)) == []


@pytest.mark.parametrize(
    ("starts", "kind", "reminded"),
    [
        ((2026, 10, 27, 18, 0), "week", (2026, 10, 20, 18, 0)),  # the clocks change in between
        ((2026, 3, 29, 12, 0), "day", (2026, 3, 28, 12, 0)),
        ((2026, 12, 1, 6, 30), "day", (2026, 11, 30, 9, 0)),
        ((2026, 12, 1, 22, 15), "day", (2026, 11, 30, 20, 0)),
    ],
)
def test_reminders_come_at_the_hour_of_the_event_but_never_at_night(
    starts: tuple[int, ...], kind: ReminderKind, reminded: tuple[int, ...]
) -> None:
    year, month, day, hour, minute = starts
    event = EventDetails(datetime(year, month, day, hour, minute, tzinfo=WARSAW).astimezone(UTC), "Rynek 1")
    local = due_at(event, kind).astimezone(WARSAW)
    assert (local.year, local.month, local.day, local.hour, local.minute) == reminded


async def test_an_event_that_has_begun_is_announced_no_more(quiet_office: Office) -> None:
    content = replace(MEETING, event=quiet_office.event(DAY))
    number = await quiet_office.brought_to(S.APPROVED, content)
    quiet_office.clock.advance(DAY)
    await quiet_office.jobs.run()
    shown = await quiet_office.announcements.show(number)
    assert shown.state is S.EXPIRED
    assert (await quiet_office.announcements.history(number))[-1].actor == SYSTEM.name
    assert PIOTR.name == shown.approver
