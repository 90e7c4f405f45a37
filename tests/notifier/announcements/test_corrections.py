"""Corrections and retractions reach those who got the original, and stop what is left of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from notifier.announcements.content import Content
from notifier.announcements.errors import ContentRefusedError
from notifier.announcements.states import AnnouncementState
from notifier.deliveries.states import DeliveryState
from tests.notifier.announcements.office import ANNA, EWA, NEWS, PIOTR, Office
from tests.notifier.deliveries.world import ScriptedChannel, World

S = AnnouncementState


def _correction(number: int) -> Content:
    return Content("Zamknięta ulica", "Ulica Jaworzyńska, a nie Złotoryjska.", corrects=number)


def _retraction(number: int) -> Content:
    return replace(_correction(number), body="Ulica nie będzie zamknięta.", is_retraction=True)


async def _half_sent(office: Office, world: World) -> tuple[int, list[str], list[str]]:
    """Return an announcement that two of five have, those who have it, and everyone who asked for it."""
    asked = await world.subscribe(5, topic="announcements")
    number = await office.brought_to(S.SENDING)
    channel = ScriptedChannel()
    await world.lane(channel, batch=2).step(world.stop)
    return number, channel.called, asked


async def _sent(office: Office, world: World, content: Content) -> tuple[list[str], list[str]]:
    """Publish it, send everything that is left, and return addresses and titles."""
    await office.brought_to(S.SENDING, content)
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    return channel.called, channel.titles


async def test_a_correction_reaches_who_got_it_and_replaces_it_for_the_rest(office: Office, world: World) -> None:
    number, _, asked = await _half_sent(office, world)
    await world.subscribe(1, topic="announcements")
    called, titles = await _sent(office, world, _correction(number))
    assert sorted(called) == asked
    assert set(titles) == {"Sprostowanie: Zamknięta ulica"}
    original = await office.announcements.show(number)
    assert (original.state, original.deliveries) == (
        S.CANCELLED,
        {DeliveryState.SENT: 2, DeliveryState.CANCELLED: 3},
    )


async def test_a_retraction_reaches_only_who_got_it(office: Office, world: World) -> None:
    number, reached, _ = await _half_sent(office, world)
    called, titles = await _sent(office, world, _retraction(number))
    assert sorted(called) == sorted(reached)
    assert set(titles) == {"Odwołanie: Zamknięta ulica"}


async def test_who_left_in_the_meantime_gets_no_correction(office: Office, world: World) -> None:
    number, reached, _ = await _half_sent(office, world)
    await world.unsubscribe(reached[0])
    called, _ = await _sent(office, world, _retraction(number))
    assert called == reached[1:]


async def test_a_correction_has_the_channels_of_its_original(quiet_office: Office) -> None:
    original = replace(NEWS, channels=("telegram",), districts=("piekary",))
    number = await quiet_office.brought_to(S.SENDING, original)
    correction = await quiet_office.announcements.draft(replace(_correction(number), channels=("sms",)), ANNA)
    assert (correction.content.channels, correction.content.districts) == (("telegram",), ("piekary",))


async def test_a_sent_announcement_can_be_corrected_and_the_correction_too(office: Office, world: World) -> None:
    asked = await world.subscribe(2, topic="announcements")
    number = await office.brought_to(S.SENDING)
    await world.drain(world.lane(ScriptedChannel()))
    await office.jobs.run()
    correction = await office.brought_to(S.SENDING, _correction(number))
    await world.drain(world.lane(ScriptedChannel()))
    called, _ = await _sent(office, world, _correction(correction))
    assert sorted(called) == asked
    assert (await office.announcements.show(number)).state is S.SENT


async def test_a_title_is_marked_once(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.SENDING)
    marked = replace(_correction(number), title="sprostowanie: adres")
    correction = await quiet_office.announcements.draft(marked, ANNA)
    assert correction.content.title == "sprostowanie: adres"
    edited = await quiet_office.announcements.edit(correction.id, replace(NEWS, corrects=None), ANNA)
    assert (edited.content.title, edited.content.corrects) == ("Sprostowanie: Zamknięta ulica", number)
    retraction = await quiet_office.announcements.draft(replace(_retraction(number), title=edited.content.title), ANNA)
    assert retraction.content.title == "Odwołanie: Zamknięta ulica"


async def test_what_was_never_published_needs_no_correction(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.APPROVED)
    for corrects, problem in ((number, "original_not_published"), (404, "unknown_original")):
        with pytest.raises(ContentRefusedError) as refused:
            await quiet_office.announcements.draft(_correction(corrects), ANNA)
        assert refused.value.problem == problem


async def test_of_two_people_who_correct_the_same_only_the_first_is_heard(quiet_office: Office) -> None:
    announcements, number = quiet_office.announcements, await quiet_office.brought_to(S.SENDING)
    late = (await announcements.draft(_correction(number), EWA)).id
    first = await quiet_office.brought_to(S.IN_REVIEW, _retraction(number))
    for refused_step in (
        announcements.submit(late, EWA),
        announcements.edit(late, _correction(number), EWA),
        announcements.draft(_correction(number), EWA),
    ):
        with pytest.raises(ContentRefusedError) as refused:
            await refused_step
        assert (refused.value.problem, refused.value.what) == ("corrected_already", str(first))
    # What Ewa wrote is still there, and takes its turn once the other one is given up.
    assert (await announcements.show(late)).state is S.DRAFT
    await announcements.send_back(first, PIOTR, "Treść jest w sprostowaniu")
    assert (await announcements.submit(late, EWA)).state is S.IN_REVIEW


async def test_what_was_corrected_is_corrected_no_second_time_by_itself(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.SENDING)
    late = await quiet_office.brought_to(S.SCHEDULED, _correction(number))
    # As it was before two were told of each other.
    await quiet_office.change(late, corrects_id=None)
    first = await quiet_office.brought_to(S.SENDING, _correction(number))
    await quiet_office.brought_to(S.SENDING, _correction(first))
    assert (await quiet_office.announcements.show(first)).state is S.CANCELLED
    await quiet_office.change(late, corrects_id=number, approved_hash=(await _hash_of(quiet_office, late, number)))
    quiet_office.clock.advance(timedelta(hours=2))
    await quiet_office.jobs.run()
    assert (await quiet_office.announcements.show(late)).state is S.RETURNED
    last = (await quiet_office.announcements.history(late))[-1]
    assert last.reason == f"to samo prostuje albo odwołuje już komunikat {first}"
    assert len(await quiet_office.broadcasts()) == 3


async def _hash_of(office: Office, number: int, corrects: int) -> str:
    return replace((await office.announcements.show(number)).content, corrects=corrects).hash()
