"""What residents read under „co nowego”."""

from dataclasses import replace
from datetime import timedelta

from notifier.announcements.content import Content
from notifier.announcements.states import AnnouncementState
from tests.notifier.announcements.office import ANNA, NEWS, Office

S = AnnouncementState


async def _titles(office: Office, limit: int = 10) -> list[str]:
    return [announcement.title for announcement in await office.published.latest(limit)]


async def test_the_latest_come_first_and_no_more_than_asked_for(quiet_office: Office) -> None:
    for title in ("Pierwsze", "Drugie", "Trzecie"):
        await quiet_office.brought_to(S.SENDING, replace(NEWS, title=title))
        quiet_office.clock.advance(timedelta(minutes=1))
    assert await _titles(quiet_office, 2) == ["Trzecie", "Drugie"]


async def test_what_is_not_published_is_not_shown(quiet_office: Office) -> None:
    for state in set(S) - {S.SENDING, S.PAUSED, S.SENT}:
        await quiet_office.brought_to(state, replace(NEWS, title=state))
    assert await _titles(quiet_office) == []


async def test_paused_and_sent_stay_readable(quiet_office: Office) -> None:
    await quiet_office.brought_to(S.PAUSED, replace(NEWS, title="Wstrzymane"))
    await quiet_office.brought_to(S.SENT, replace(NEWS, title="Wysłane"))
    assert sorted(await _titles(quiet_office)) == ["Wstrzymane", "Wysłane"]


async def test_a_correction_stands_in_place_of_the_original_once_it_is_published(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.SENDING)
    correction = await quiet_office.brought_to(S.APPROVED, Content("Nowe", "Nowa treść", corrects=number))
    assert await _titles(quiet_office) == ["Zamknięta ulica"]
    await quiet_office.announcements.publish(correction, ANNA)
    (shown,) = await quiet_office.published.latest(10)
    assert (shown.id, shown.title) == (correction, "Sprostowanie: Nowe")


async def test_of_a_chain_of_corrections_only_the_last_one_stands(quiet_office: Office) -> None:
    first = await quiet_office.brought_to(S.SENT)
    second = await quiet_office.brought_to(S.SENT, Content("Drugie", "Treść", corrects=first))
    await quiet_office.brought_to(S.SENDING, Content("Trzecie", "Treść", corrects=second))
    assert await _titles(quiet_office) == ["Sprostowanie: Trzecie"]


async def test_the_text_for_the_web_with_its_event_and_time(quiet_office: Office) -> None:
    event = quiet_office.event(timedelta(days=2))
    content = replace(NEWS, variants={"web": "Szczegóły: {place}, {hour}."}, event=event)
    published_at = quiet_office.clock.now()
    await quiet_office.brought_to(S.SENDING, content)
    await quiet_office.brought_to(S.SENDING, replace(NEWS, channels=("sms",)))
    (shown,) = await quiet_office.published.latest(10)
    assert (shown.text, shown.published_at) == ("Szczegóły: Rynek 1, 19:30.", published_at)
    assert [each.details for each in await quiet_office.published.events()] == [event]
    quiet_office.clock.advance(timedelta(days=2))
    assert len(await quiet_office.published.events()) == 1, "an event that has begun goes on"
    quiet_office.clock.advance(timedelta(days=2))
    assert await quiet_office.published.events() == []


async def test_an_event_stays_the_same_one_however_often_it_is_corrected_and_when_it_is_called_off(
    quiet_office: Office,
) -> None:
    event, moved = (quiet_office.event(timedelta(days=days)) for days in (2, 3))
    first = last = await quiet_office.brought_to(S.SENT, replace(NEWS, event=event))
    for later in (
        replace(NEWS, event=moved),
        replace(NEWS, event=moved, body="Wejście od Rynku."),
        Content("Koncert", "Koncertu nie będzie.", is_retraction=True),
    ):
        last = await quiet_office.brought_to(S.SENT, replace(later, corrects=last))
        (known,) = await quiet_office.published.events()
        assert (known.id, known.told.id, known.details) == (f"announcement-{first}", last, moved)
        assert known.is_called_off is later.is_retraction


async def test_what_expired_is_no_longer_shown(quiet_office: Office) -> None:
    await quiet_office.brought_to(S.SENDING, replace(NEWS, expires_at=quiet_office.clock.now() + timedelta(hours=2)))
    assert len(await _titles(quiet_office)) == 1
    quiet_office.clock.advance(timedelta(hours=2))
    assert await _titles(quiet_office) == []
