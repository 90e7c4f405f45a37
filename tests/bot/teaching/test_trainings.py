"""From a request to a model in service and back; models exist on paper only."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta

import pytest

from bot.teaching import repository
from bot.teaching.errors import Refusal, StepRefusedError
from bot.teaching.models import TrainingRow
from bot.teaching.training import TrainingState
from bot.teaching.trainings import Trainings
from core.staff.errors import PermissionRefusedError
from nlu.record import Registry, Verdict
from nlu.shared.shelf import SharedShelf
from tests.bot.teaching.school import ANALYST, APPROVER, EDITOR, School
from tests.nlu.models import add, name


async def _requested(school: School, text: str = "kiedy otwieracie basen") -> int:
    await school.lessons.teach(EDITOR, "out_of_scope", [text])
    return await school.trainings.request(EDITOR)


async def _state(school: School, training: int) -> TrainingState:
    found = await school.trainings.find(ANALYST, training)
    assert found is not None
    return found.state


async def _refusal(step: Awaitable[object]) -> Refusal:
    with pytest.raises(StepRefusedError) as refused:
        await step
    return refused.value.refusal


async def test_a_good_model_goes_into_service_when_a_person_says_so_and_back(school: School) -> None:
    training = await _requested(school)
    await school.end(training)
    assert school.store.registry().current == name(1)
    await school.trainings.promote(APPROVER, training)
    assert school.store.registry() == Registry(current=name(2), previous=name(1))
    await school.trainings.roll_back(EDITOR, name(2))

    assert school.store.registry() == Registry(current=name(1), previous=name(2))
    assert await _state(school, training) is TrainingState.ROLLED_BACK
    assert (await school.deeds())[1:] == [
        ("Anna", "training.requested", f"trainings/{training}"),
        ("Jan", "model.promoted", f"models/{name(2)}"),
        ("Anna", "model.rolled_back", f"models/{name(2)}"),
    ]


async def test_returning_once_more_puts_the_newer_model_in_service_again(school: School) -> None:
    training = await _requested(school)
    await school.end(training)
    await school.trainings.promote(EDITOR, training)
    await school.trainings.roll_back(EDITOR, name(2))
    await school.trainings.roll_back(EDITOR, name(1))

    assert school.store.registry().current == name(2)
    assert await _state(school, training) is TrainingState.PROMOTED


async def test_a_model_that_failed_the_gate_cannot_be_put_in_service(school: School) -> None:
    training = await _requested(school)
    await school.end(training, passed=False)
    assert await _refusal(school.trainings.promote(EDITOR, training)) is Refusal.NOT_READY
    # Not even when the database says otherwise: the verdict stands beside the model.
    async with school.database.write() as session:
        (await session.get_one(TrainingRow, training)).state = "ready"
    assert await _refusal(school.trainings.promote(EDITOR, training)) is Refusal.NOT_READY

    assert school.store.registry().current == name(1)
    assert [action for _, action, _ in await school.deeds()] == ["teaching.taught", "training.requested"]


async def test_a_comparison_with_a_model_that_was_replaced_is_worth_nothing(school: School) -> None:
    training = await _requested(school)
    await school.end(training)
    school.store.note(name(2), Verdict.PASSED, against=name(7))

    assert await _refusal(school.trainings.promote(EDITOR, training)) is Refusal.CHANGED
    assert await _state(school, training) is TrainingState.READY


async def test_a_model_may_be_left(school: School) -> None:
    training = await _requested(school)
    await school.end(training)
    await school.trainings.discard(APPROVER, training)

    assert await _state(school, training) is TrainingState.DISCARDED
    assert await _refusal(school.trainings.promote(EDITOR, training)) is Refusal.NOT_READY


async def test_only_one_training_at_a_time_also_when_two_people_click_at_once(school: School) -> None:
    await school.lessons.teach(EDITOR, "out_of_scope", ["kiedy otwieracie basen"])
    steps = (school.trainings.request(EDITOR) for _ in range(3))
    results = await asyncio.gather(*steps, return_exceptions=True)

    assert [isinstance(result, int) for result in results].count(True) == 1
    assert {result.refusal for result in results if isinstance(result, StepRefusedError)} == {Refusal.TRAINING_RUNS}


async def test_a_training_that_was_stopped_makes_room_for_the_next(school: School) -> None:
    training = await _requested(school)
    await school.trainings.stop(EDITOR, training)
    assert await _state(school, training) is TrainingState.INTERRUPTED
    assert await _refusal(school.trainings.stop(EDITOR, training)) is Refusal.CHANGED

    assert await school.trainings.request(EDITOR) > training


async def test_a_training_whose_process_died_is_interrupted_and_makes_room_for_the_next(school: School) -> None:
    training = await _requested(school)
    async with school.database.write() as session:
        row = await session.get_one(TrainingRow, training)
        row.state, row.leased_until = "running", school.clock.now() - timedelta(seconds=1)

    assert await _state(school, training) is TrainingState.INTERRUPTED
    assert await school.trainings.request(EDITOR) > training


async def test_a_new_training_leaves_the_candidate_before_it(school: School) -> None:
    first = await _requested(school)
    await school.end(first)
    await _requested(school, "jak zarejestrować psa")

    assert await _state(school, first) is TrainingState.DISCARDED


async def test_what_waits_for_a_training_is_counted(school: School) -> None:
    await school.lessons.teach(EDITOR, "out_of_scope", ["kiedy otwieracie basen", "jak zarejestrować psa"])
    overview = await school.trainings.overview(ANALYST)

    assert (overview.to_learn, overview.to_forget, overview.can_train) == (2, 0, True)
    assert overview.current is not None
    assert overview.current.name == name(1)


async def test_where_somebody_else_serves_the_model_nothing_is_trained(school: School) -> None:
    elsewhere = Trainings(school.database, school.clock, SharedShelf())

    assert not (await elsewhere.overview(ANALYST)).can_train
    assert await _refusal(elsewhere.request(EDITOR)) is Refusal.ELSEWHERE


async def test_without_a_model_before_there_is_no_way_back(school: School) -> None:
    assert await _refusal(school.trainings.roll_back(EDITOR, name(1))) is Refusal.NO_PREVIOUS
    assert await _refusal(school.trainings.roll_back(EDITOR, name(9))) is Refusal.CHANGED


async def test_the_sentences_of_the_model_put_in_service_last_are_known_to_a_new_machine(school: School) -> None:
    first = await _requested(school)
    await school.end(first)
    await school.trainings.promote(EDITOR, first)
    school.clock.advance(timedelta(minutes=5))
    second = await _requested(school, "jak zarejestrować psa")
    await school.end(second, model=3)
    async with school.database.read() as session:
        found = await repository.last_promoted(session)

    assert found is not None
    assert found.id == first


async def test_deciding_needs_the_right_role(school: School) -> None:
    training = await _requested(school)
    await school.end(training)
    for step in (
        school.trainings.promote(ANALYST, training),
        school.trainings.discard(ANALYST, training),
        school.trainings.roll_back(ANALYST, name(1)),
        school.trainings.request(APPROVER),
        school.trainings.stop(APPROVER, training),
    ):
        with pytest.raises(PermissionRefusedError):
            await step


async def test_a_candidate_is_deleted_with_the_store_and_says_so(school: School) -> None:
    training = await _requested(school)
    await school.end(training)
    add(school.store, school.folder, 3)  # the store keeps one candidate

    assert await _refusal(school.trainings.promote(EDITOR, training)) is Refusal.GONE
