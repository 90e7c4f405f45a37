"""Nothing goes out unread by a second person: the moves, who may make them, and what an edit undoes."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from notifier.announcements.content import Content
from notifier.announcements.errors import (
    ApproverRefusedError,
    ContentChangedError,
    KeyReusedError,
    MoveRefusedError,
    PartRefusedError,
    RoleRefusedError,
    TooManyPartsError,
    UnknownAnnouncementError,
)
from notifier.announcements.models import MAX_BODY, MAX_TITLE
from notifier.announcements.moves import KEY_HOLDER, SYSTEM, Actor
from notifier.announcements.states import MOVES, PUBLISHED, Action, AnnouncementState
from tests.notifier.announcements.office import ANNA, BODY, EWA, NEWS, PIOTR, Office

S = AnnouncementState
BY_HAND = [action for action in Action if action not in {Action.FINISH, Action.EXPIRE}]
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("state", "action"), list(product(S, BY_HAND)))
async def test_only_the_moves_of_the_table_work_and_a_refused_one_changes_nothing(
    quiet_office: Office, state: S, action: Action
) -> None:
    number = await quiet_office.brought_to(state)
    actor = PIOTR if action in {Action.APPROVE, Action.RETURN} else ANNA
    repeated = action is Action.PUBLISH and state in PUBLISHED
    if state in MOVES[action].sources:
        assert (await quiet_office.does(action, number, actor)).state is MOVES[action].target
    elif repeated:
        assert (await quiet_office.does(action, number, actor)).state is state
    else:
        with pytest.raises(MoveRefusedError, match=rf"^Announcement {number} is {state}, so it takes no {action}: "):
            await quiet_office.does(action, number, actor)
        assert (await quiet_office.announcements.show(number)).state is state


@pytest.mark.parametrize("action", BY_HAND)
async def test_a_number_that_does_not_exist_is_refused(quiet_office: Office, action: Action) -> None:
    with pytest.raises(UnknownAnnouncementError, match=r"^There is no announcement 404: check the number\.$"):
        await quiet_office.does(action, 404, PIOTR)


@pytest.mark.parametrize("approver", ["Anna Żak", "anna  żak ", "ANNA ŻAK", "Anna Z\u0307ak", "API", "api", "System"])
async def test_neither_the_author_nor_a_name_of_a_program_approves(quiet_office: Office, approver: str) -> None:
    number = await quiet_office.brought_to(S.IN_REVIEW)
    with pytest.raises(ApproverRefusedError, match="ask a person who did not write or edit it"):
        await quiet_office.announcements.approve(number, Actor(approver))
    assert (await quiet_office.announcements.show(number)).state is S.IN_REVIEW


async def test_whoever_edited_it_cannot_approve_it_however_small_the_change(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.IN_REVIEW)
    await quiet_office.announcements.edit(number, replace(NEWS, body=f"{BODY} Objazd: ul. Jaworzyńska."), PIOTR)
    await quiet_office.announcements.submit(number, ANNA)
    for writer in (ANNA, PIOTR):
        with pytest.raises(ApproverRefusedError):
            await quiet_office.announcements.approve(number, writer)
    assert (await quiet_office.announcements.approve(number, EWA)).approver == EWA.name


@pytest.mark.parametrize("actor", [KEY_HOLDER, SYSTEM, Actor("Piotr Lis", KEY_HOLDER.role)])
async def test_only_a_person_approves_or_returns(quiet_office: Office, actor: Actor) -> None:
    number = await quiet_office.brought_to(S.IN_REVIEW)
    with pytest.raises(RoleRefusedError):
        await quiet_office.announcements.approve(number, actor)
    assert (await quiet_office.announcements.show(number)).state is S.IN_REVIEW


async def test_a_person_approves_what_came_with_a_key(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.APPROVED, author=KEY_HOLDER)
    shown = await quiet_office.announcements.show(number)
    assert (shown.author, shown.approver) == (KEY_HOLDER.name, PIOTR.name)


@pytest.mark.parametrize("state", [S.IN_REVIEW, S.APPROVED, S.SCHEDULED])
@pytest.mark.parametrize(
    "edited",
    [
        replace(NEWS, body="Ulica jest otwarta."),
        replace(NEWS, districts=("piekary",)),
        replace(NEWS, channels=("sms",)),
        replace(NEWS, variants={"sms": "Krótko."}),
    ],
)
async def test_any_edit_voids_the_approval(quiet_office: Office, state: S, edited: Content) -> None:
    number = await quiet_office.brought_to(state)
    after = await quiet_office.announcements.edit(number, edited, ANNA)
    assert (after.state, after.approver, after.scheduled_at, after.version) == (S.DRAFT, None, None, 2)
    with pytest.raises(MoveRefusedError):
        await quiet_office.announcements.publish(number, PIOTR)
    quiet_office.clock.advance(2 * HOUR)
    await quiet_office.jobs.run()
    assert await quiet_office.broadcasts() == []


async def test_what_was_edited_while_the_approver_read_is_not_approved(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.IN_REVIEW)
    read = await quiet_office.announcements.show(number)
    await quiet_office.announcements.edit(number, replace(NEWS, body="Inna treść."), ANNA)
    await quiet_office.announcements.submit(number, ANNA)
    with pytest.raises(ContentChangedError):
        await quiet_office.announcements.approve(number, PIOTR, read.version)
    assert (await quiet_office.announcements.show(number)).state is S.IN_REVIEW


@pytest.mark.parametrize(
    "changed", [{"title": "Otwarta ulica"}, {"body": "Otwarta."}, {"districts": ["piekary"]}, {"channels": ["sms"]}]
)
async def test_what_was_changed_behind_the_approval_never_goes_out(
    quiet_office: Office, changed: dict[str, object]
) -> None:
    approved, scheduled = [await quiet_office.brought_to(state) for state in (S.APPROVED, S.SCHEDULED)]
    for number in (approved, scheduled):
        await quiet_office.change(number, **changed)
    with pytest.raises(ContentChangedError, match="have it approved again"):
        await quiet_office.announcements.publish(approved, PIOTR)
    quiet_office.clock.advance(2 * HOUR)
    await quiet_office.jobs.run()
    assert (await quiet_office.announcements.show(approved)).state is S.APPROVED
    assert (await quiet_office.announcements.show(scheduled)).state is S.RETURNED
    assert (await quiet_office.announcements.history(scheduled))[-1].reason == "treść zmieniła się po zatwierdzeniu"
    assert await quiet_office.broadcasts() == []


async def test_words_moved_from_the_title_to_the_text_are_a_change(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.APPROVED)
    await quiet_office.change(number, title="Zamknięta", body=f"ulica{BODY}")
    with pytest.raises(ContentChangedError):
        await quiet_office.announcements.publish(number, PIOTR)


async def test_the_history_tells_who_did_what_when_and_why(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.RETURNED)
    await quiet_office.announcements.edit(number, replace(NEWS, body="Od 8:00."), ANNA)
    told = [
        (row.actor, row.role, row.action, row.from_state, row.to_state, row.reason, row.version)
        for row in await quiet_office.announcements.history(number)
    ]
    assert told == [
        ("Anna Żak", "person", "draft", None, "draft", None, 1),
        ("Anna Żak", "person", "submit", "draft", "in_review", None, 1),
        ("Piotr Lis", "person", "return", "in_review", "returned", "Brak godziny", 1),
        ("Anna Żak", "person", "edit", "returned", "draft", None, 2),
    ]
    with pytest.raises(UnknownAnnouncementError):
        await quiet_office.announcements.history(404)


@pytest.mark.parametrize("reason", ["", " ", "x" * 301])
async def test_a_return_needs_a_reason(quiet_office: Office, reason: str) -> None:
    number = await quiet_office.brought_to(S.IN_REVIEW)
    with pytest.raises(PartRefusedError):
        await quiet_office.announcements.send_back(number, PIOTR, reason)
    assert (await quiet_office.announcements.show(number)).state is S.IN_REVIEW


async def test_the_same_request_again_makes_no_second_announcement(quiet_office: Office) -> None:
    create = quiet_office.announcements.draft
    first, again = await asyncio.gather(create(NEWS, KEY_HOLDER, "k-1"), create(NEWS, KEY_HOLDER, "k-1"))
    assert first.id == again.id
    await quiet_office.announcements.submit(first.id, KEY_HOLDER)
    assert (await create(NEWS, KEY_HOLDER, " k-1 ")).state is S.IN_REVIEW
    with pytest.raises(KeyReusedError):
        await create(replace(NEWS, title="Inny"), KEY_HOLDER, "k-1")
    assert (await create(NEWS, KEY_HOLDER, "k-2")).id != first.id


async def test_what_no_sms_can_hold_is_not_submitted(quiet_office: Office) -> None:
    long = replace(NEWS, body="x" * MAX_BODY)
    number = await quiet_office.brought_to(S.DRAFT, long)
    with pytest.raises(TooManyPartsError, match="at most 6 parts"):
        await quiet_office.announcements.submit(number, ANNA)
    assert (await quiet_office.announcements.show(number)).state is S.DRAFT
    for shorter in (replace(long, variants={"sms": "Krótko."}), replace(long, channels=("telegram", "web"))):
        await quiet_office.announcements.edit(number, shorter, ANNA)
        assert (await quiet_office.announcements.submit(number, ANNA)).state is S.IN_REVIEW


async def test_the_longest_texts_fit(quiet_office: Office) -> None:
    number = await quiet_office.brought_to(S.DRAFT, Content("Ż" * MAX_TITLE, "🚧" * MAX_BODY))
    shown = await quiet_office.announcements.show(number)
    assert (len(shown.content.title), len(shown.content.body)) == (MAX_TITLE, MAX_BODY)
