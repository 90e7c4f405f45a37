"""Nothing goes out unread by a second person, and nothing goes out twice."""

import asyncio
from collections.abc import Callable, Coroutine
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select, update

from notifier.announcements.errors import (
    ApproverRefusedError,
    MoveRefusedError,
    PartRefusedError,
    TextChangedError,
    UnknownAnnouncementError,
)
from notifier.announcements.models import MAX_BODY, MAX_TITLE, AnnouncementRow
from notifier.announcements.service import KEY_HOLDER, Announcements
from notifier.announcements.states import AnnouncementState
from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.states import DeliveryState
from tests.notifier.deliveries.world import ScriptedChannel, World

DRAFT, SUBMITTED, APPROVED, PUBLISHED = AnnouncementState
TITLE, BODY = "Zamknięta ulica", "Ulica Złotoryjska jest zamknięta do piątku."
AUTHOR, APPROVER = "Anna Żak", "Piotr Lis"
Step = Callable[[Announcements, int], Coroutine[Any, Any, object]]

STEPS: dict[AnnouncementState, Step] = {
    SUBMITTED: lambda announcements, number: announcements.submit(number),
    APPROVED: lambda announcements, number: announcements.approve(number, APPROVER),
    PUBLISHED: lambda announcements, number: announcements.publish(number),
}
WORKING = {
    (DRAFT, SUBMITTED),
    (SUBMITTED, APPROVED),
    (APPROVED, APPROVED),
    (APPROVED, PUBLISHED),
    (PUBLISHED, PUBLISHED),
}


async def _brought_to(announcements: Announcements, state: AnnouncementState, author: str = AUTHOR) -> int:
    number = (await announcements.draft(TITLE, BODY, author)).id
    for reached, step in STEPS.items():
        if list(AnnouncementState).index(reached) <= list(AnnouncementState).index(state):
            await step(announcements, number)
    return number


async def _change(world: World, number: int, **values: str) -> None:
    async with world.database.write() as session:
        await session.execute(update(AnnouncementRow).where(AnnouncementRow.id == number).values(**values))


async def _broadcasts(world: World) -> list[BroadcastRow]:
    async with world.database.read() as session:
        return list((await session.scalars(select(BroadcastRow))).all())


@pytest.mark.parametrize(("state", "target"), list(product(AnnouncementState, STEPS)))
async def test_only_the_allowed_steps_work_and_a_refused_one_changes_nothing(
    announcements: Announcements, world: World, state: AnnouncementState, target: AnnouncementState
) -> None:
    number = await _brought_to(announcements, state)
    if (state, target) in WORKING:
        await STEPS[target](announcements, number)
        assert (await announcements.show(number)).state == target
        return
    with pytest.raises(MoveRefusedError, match=rf"^Announcement {number} is {state} and cannot become {target}"):
        await STEPS[target](announcements, number)
    assert (await announcements.show(number)).state == state
    assert len(await _broadcasts(world)) == (state is PUBLISHED)


@pytest.mark.parametrize("step", list(STEPS.values()))
async def test_a_number_that_does_not_exist_is_refused(announcements: Announcements, step: Step) -> None:
    with pytest.raises(UnknownAnnouncementError, match=r"^There is no announcement 404: check the number\.$"):
        await step(announcements, 404)


@pytest.mark.parametrize("approver", [AUTHOR, "anna  żak ", "ANNA ŻAK", "Anna Z\u0307ak", KEY_HOLDER, "api"])
async def test_neither_the_author_nor_a_key_approves(announcements: Announcements, approver: str) -> None:
    number = await _brought_to(announcements, SUBMITTED)
    with pytest.raises(ApproverRefusedError, match="ask a person who is not its author"):
        await announcements.approve(number, approver)
    assert (await announcements.show(number)).state is SUBMITTED


async def test_a_person_approves_what_came_with_a_key(announcements: Announcements, world: World) -> None:
    number = await _brought_to(announcements, APPROVED, author=KEY_HOLDER)
    async with world.database.read() as session:
        row = await session.get_one(AnnouncementRow, number)
    assert (row.created_by, row.approved_by, row.approved_at) == (KEY_HOLDER, APPROVER, world.clock.now())


@pytest.mark.parametrize("changed", [{"title": "Otwarta ulica"}, {"body": "Ulica jest otwarta."}])
async def test_a_changed_text_needs_a_new_approval(
    announcements: Announcements, world: World, changed: dict[str, str]
) -> None:
    await world.subscribe(topic="announcements")
    number = await _brought_to(announcements, APPROVED)
    await _change(world, number, **changed)
    with pytest.raises(TextChangedError, match="have it approved again"):
        await announcements.publish(number)
    assert (await announcements.show(number)).state is APPROVED
    assert await world.deliveries() == []

    await announcements.approve(number, APPROVER)
    await announcements.publish(number)
    (broadcast,) = await _broadcasts(world)
    assert {"title": broadcast.title, "body": broadcast.body}.items() >= changed.items()


async def test_words_moved_from_the_title_to_the_text_are_a_change(announcements: Announcements, world: World) -> None:
    number = await _brought_to(announcements, APPROVED)
    await _change(world, number, title="Zamknięta", body=f"ulica{BODY}")
    with pytest.raises(TextChangedError):
        await announcements.publish(number)


async def test_reaches_everyone_who_asked_for_announcements(announcements: Announcements, world: World) -> None:
    asked = await world.subscribe(2, topic="announcements")
    await world.subscribe(3, topic="smog")
    number = await _brought_to(announcements, PUBLISHED)
    assert (await announcements.show(number)).deliveries == {DeliveryState.PENDING: 2}
    channel = ScriptedChannel()
    await world.drain(world.lane(channel))
    assert (sorted(channel.called), channel.titles) == (asked, [TITLE, TITLE])
    assert (await announcements.show(number)).deliveries == {DeliveryState.SENT: 2}
    (broadcast,) = await _broadcasts(world)
    assert (broadcast.key, broadcast.kind, broadcast.body) == (f"announcement:{number}", "announcement", BODY)


async def test_published_at_the_same_moment_and_again_is_sent_once(announcements: Announcements, world: World) -> None:
    await world.subscribe(3, topic="announcements")
    number = await _brought_to(announcements, APPROVED)
    first, second = await asyncio.gather(announcements.publish(number), announcements.publish(number))
    assert first == second
    await world.subscribe(topic="announcements")
    assert (await announcements.publish(number)).recipients == 3
    assert len(await _broadcasts(world)) == 1
    assert len(await world.deliveries()) == 3


async def test_before_publication_there_are_no_recipients(announcements: Announcements, world: World) -> None:
    await world.subscribe(topic="announcements")
    number = await _brought_to(announcements, APPROVED)
    shown = await announcements.show(number)
    assert (shown.deliveries, shown.recipients) == (None, 0)


@pytest.mark.parametrize(
    ("title", "body", "author", "sentence"),
    [
        (" \u200b\n", BODY, AUTHOR, "The title is empty: write one."),
        ("x" * (MAX_TITLE + 1), BODY, AUTHOR, "The title is too long: shorten it to 120 characters."),
        (TITLE, "\x00", AUTHOR, "The text is empty: write one."),
        (TITLE, "x" * (MAX_BODY + 1), AUTHOR, "The text is too long: shorten it to 1000 characters."),
        (TITLE, BODY, " ", "The name is empty: write one."),
        (TITLE, BODY, "x" * 81, "The name is too long: shorten it to 80 characters."),
    ],
)
async def test_empty_and_too_long_parts_are_refused(
    announcements: Announcements, title: str, body: str, author: str, sentence: str
) -> None:
    with pytest.raises(PartRefusedError) as refused:
        await announcements.draft(title, body, author)
    assert str(refused.value) == sentence


async def test_the_longest_texts_fit(announcements: Announcements) -> None:
    number = (await announcements.draft("Ż" * MAX_TITLE, "🚧" * MAX_BODY, AUTHOR)).id
    shown = await announcements.show(number)
    assert (len(shown.title), len(shown.body)) == (MAX_TITLE, MAX_BODY)


async def test_invisible_characters_go_and_the_lines_of_a_text_stay(announcements: Announcements) -> None:
    number = (
        await announcements.draft("Za\u0301mek\n\u202eul. 1\x00", " Od  jutra\r\n\r\nDo piątku\ud800 ", AUTHOR)
    ).id
    shown = await announcements.show(number)
    assert (shown.title, shown.body) == ("Zámek ul. 1", "Od jutra\n\nDo piątku")
