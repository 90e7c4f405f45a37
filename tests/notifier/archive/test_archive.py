"""Everything the city sent, as residents can look it up later."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.announcements.content import Content
from notifier.announcements.states import AnnouncementState
from notifier.archive.entry import Kind, Standing
from notifier.archive.repository import ALERTS, ANNOUNCEMENTS
from notifier.archive.service import ON_A_PAGE, Archive
from tests.notifier.alerts.conftest import legnica, rules, town, writer
from tests.notifier.alerts.town import HALF_AN_HOUR, Town, state
from tests.notifier.announcements.conftest import quiet_office
from tests.notifier.announcements.office import ANNA, NEWS, Office

__all__ = ["legnica", "quiet_office", "rules", "town", "writer"]

S = AnnouncementState


@pytest.fixture
def archive(quiet_office: Office) -> Archive:
    return Archive(quiet_office.database, quiet_office.clock, samples=False)


async def _titles(archive: Archive, number: int = 1) -> list[str]:
    return [entry.title for entry in (await archive.page(number)).entries]


async def test_announcements_and_alerts_stand_together_the_newest_first(
    archive: Archive, quiet_office: Office, town: Town
) -> None:
    await quiet_office.brought_to(S.SENT, replace(NEWS, title="Pierwszy"))
    quiet_office.clock.advance(timedelta(minutes=30))
    await town.hourly(4)
    await quiet_office.brought_to(S.SENDING, replace(NEWS, title="Ostatni"))
    page = await archive.page(1)
    assert [entry.kind for entry in page.entries] == [Kind.ANNOUNCEMENT, Kind.ALERT, Kind.ANNOUNCEMENT]
    assert [entry.title for entry in (await archive.page(1, {ANNOUNCEMENTS})).entries] == ["Ostatni", "Pierwszy"]
    assert [entry.is_alert for entry in (await archive.page(1, {ALERTS})).entries] == [True]


async def test_what_nobody_was_sent_or_not_for_the_web_is_not_in_it(archive: Archive, quiet_office: Office) -> None:
    for unsent in set(S) - {S.SENDING, S.PAUSED, S.SENT}:
        await quiet_office.brought_to(unsent, replace(NEWS, title=unsent))
    only_sms = await quiet_office.brought_to(S.SENT, replace(NEWS, channels=("sms",)))
    assert await _titles(archive) == []
    for number in (only_sms, 0, -1, 10**20):
        assert await archive.announcement(number) is None


async def test_pages_are_counted_and_one_that_does_not_exist_is_the_nearest(
    archive: Archive, quiet_office: Office
) -> None:
    assert (await archive.page(7)).number == 1
    for number in range(ON_A_PAGE + 1):
        await quiet_office.brought_to(S.SENDING, replace(NEWS, title=f"Komunikat {number}"))
    first, second = await archive.page(0), await archive.page(99)
    assert (first.number, first.last, len(first.entries)) == (1, 2, ON_A_PAGE)
    assert (second.number, [entry.title for entry in second.entries]) == (2, ["Komunikat 0"])


async def test_a_correction_and_a_retraction_are_seen_on_both_sides(archive: Archive, quiet_office: Office) -> None:
    first = await quiet_office.brought_to(S.SENDING)
    second = await quiet_office.brought_to(S.SENDING, Content("Nowe", "Nowa treść", corrects=first))
    corrected, correction = await archive.announcement(first), await archive.announcement(second)
    assert corrected
    assert correction
    assert (corrected.standing, corrected.successor) == (Standing.CORRECTED, second)
    assert (correction.kind, correction.standing, correction.corrects) == (Kind.CORRECTION, Standing.VALID, first)
    quiet_office.clock.advance(timedelta(hours=1))
    third = await quiet_office.brought_to(
        S.SENDING, Content("Wycofanie", "To była pomyłka.", corrects=second, is_retraction=True)
    )
    taken_back, retraction = await archive.announcement(second), await archive.announcement(third)
    assert taken_back
    assert retraction
    assert (taken_back.standing, taken_back.successor) == (Standing.TAKEN_BACK, third)
    assert taken_back.changed_at == retraction.published_at > taken_back.published_at
    assert retraction.kind is Kind.RETRACTION


async def test_each_one_of_a_chain_of_corrections_leads_to_the_next(archive: Archive, quiet_office: Office) -> None:
    first = await quiet_office.brought_to(S.SENT)
    second = await quiet_office.brought_to(S.SENDING, Content("Nowe", "Treść", corrects=first))
    third = await quiet_office.brought_to(S.SENDING, Content("Nowsze", "Treść", corrects=second))
    shown = [await archive.announcement(number) for number in (first, second, third)]
    assert [(each.standing, each.successor) for each in shown if each] == [
        (Standing.CORRECTED, second),
        (Standing.CORRECTED, third),
        (Standing.VALID, None),
    ]


async def test_an_event_is_of_use_until_its_end(archive: Archive, quiet_office: Office) -> None:
    event = replace(quiet_office.event(timedelta(days=2)), ends_at=quiet_office.clock.now() + timedelta(days=3))
    number = await quiet_office.brought_to(S.SENDING, replace(NEWS, event=event))
    quiet_office.clock.advance(timedelta(days=2, hours=1))
    going_on = await archive.announcement(number)
    quiet_office.clock.advance(timedelta(days=1))
    over = await archive.announcement(number)
    assert going_on
    assert over
    assert (going_on.standing, over.standing, over.until) == (Standing.VALID, Standing.OVER, event.ends_at)


async def test_what_is_out_of_date_or_was_broken_off_stays_and_says_so(archive: Archive, quiet_office: Office) -> None:
    until = quiet_office.clock.now() + timedelta(hours=2)
    number = await quiet_office.brought_to(S.SENT, replace(NEWS, expires_at=until))
    stopped = await quiet_office.brought_to(S.SENDING)
    await quiet_office.announcements.cancel(stopped, ANNA)
    quiet_office.clock.advance(timedelta(hours=2))
    over, broken_off = await archive.announcement(number), await archive.announcement(stopped)
    assert over
    assert broken_off
    assert (over.standing, over.until) == (Standing.OVER, until)
    assert broken_off.standing is Standing.STOPPED


async def test_an_alert_holds_until_its_all_clear(archive: Archive, town: Town) -> None:
    await town.hourly(4)
    (alert,) = (await archive.page(1, {ALERTS})).entries
    assert (alert.kind, alert.standing) == (Kind.ALERT, Standing.VALID)
    assert await archive.alert(alert.id) == alert
    await town.hourly(1, 1)
    newest, before = (await archive.page(1, {ALERTS})).entries
    assert (newest.kind, newest.standing) == (Kind.ALL_CLEAR, Standing.VALID)
    assert before.standing is Standing.OVER
    assert await archive.alert("nie ma") is None


async def test_samples_are_shown_in_the_demo_only(archive: Archive, town: Town, quiet_office: Office) -> None:
    town.follow_rules(town.rules, allow_sample=True)
    await town.run(state(town.clock.now() - HALF_AN_HOUR, 4, sample=True))
    assert (await archive.page(1)).entries == ()
    (shown,) = (await Archive(quiet_office.database, quiet_office.clock, samples=True).page(1)).entries
    assert shown.sample
