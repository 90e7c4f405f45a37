"""Staff decide about models in a panel that cannot see the disk of the process that serves them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.teaching.errors import Refusal, StepRefusedError
from bot.teaching.training import TrainingState
from bot.teaching.trainings import Trainings
from nlu.judging.outcome import Sentence
from nlu.record import Registry, Verdict
from nlu.shared.following import Following
from nlu.shared.shelf import SharedShelf
from tests.bot.teaching.school import ANALYST, APPROVER, EDITOR, School
from tests.nlu.models import name


class Elsewhere:
    """A panel, and the process of the language model; they have nothing but the database in common."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.panel = Trainings(school.database, school.clock, SharedShelf())
        self.process = Following(school.database, school.clock, school.store, self._train)
        self.wanted = 2

    async def trained(self, *, passed: bool = True) -> int:
        """Teach in the panel and have the process train."""
        await self.process.step()
        await self.school.lessons.teach(EDITOR, "out_of_scope", ["kiedy otwieracie basen"])
        training = await self.panel.request(EDITOR)
        await self.school.end(training, passed=passed)
        await self.process.step()
        return training

    async def _train(self, taught: Sequence[Sentence]) -> Path:
        return self.school.store.archive(name(self.wanted))


@pytest.fixture
def elsewhere(school: School) -> Elsewhere:
    return Elsewhere(school)


async def test_a_panel_without_a_disk_teaches_promotes_and_returns(elsewhere: Elsewhere) -> None:
    school, panel = elsewhere.school, elsewhere.panel
    training = await elsewhere.trained()
    await panel.promote(APPROVER, training)
    await elsewhere.process.step()
    assert school.store.registry() == Registry(current=name(2), previous=name(1))
    overview = await panel.overview(ANALYST)
    assert overview.can_train
    assert (overview.current and overview.current.name, overview.previous and overview.previous.name) == (
        name(2),
        name(1),
    )

    elsewhere.wanted = 1
    await panel.roll_back(EDITOR, name(2))
    await elsewhere.process.step()
    assert school.store.registry() == Registry(current=name(1), previous=name(2))
    assert (await school.deeds())[1:] == [
        ("Anna", "training.requested", f"trainings/{training}"),
        ("Jan", "model.promoted", f"models/{name(2)}"),
        ("Anna", "model.rolled_back", f"models/{name(2)}"),
    ]


async def test_a_refused_model_stays_out_and_nothing_is_written_down(elsewhere: Elsewhere) -> None:
    training = await elsewhere.trained(passed=False)
    with pytest.raises(StepRefusedError) as refused:
        await elsewhere.panel.promote(APPROVER, training)
    await elsewhere.process.step()

    assert refused.value.refusal is Refusal.NOT_READY
    assert elsewhere.school.store.registry().current == name(1)
    assert [action for _, action, _ in await elsewhere.school.deeds()] == ["teaching.taught", "training.requested"]


async def test_the_panel_says_that_a_model_did_not_come_up(elsewhere: Elsewhere) -> None:
    training = await elsewhere.trained()
    await elsewhere.panel.promote(APPROVER, training)
    await elsewhere.process.step()
    elsewhere.school.store.give_up(name(2), name(1), "its process ended before it answered")
    await elsewhere.process.step()

    assert await elsewhere.panel.verdict(name(2)) is Verdict.FAILED
    found = await elsewhere.panel.find(ANALYST, training)
    assert found is not None
    assert found.state is TrainingState.PROMOTED
    overview = await elsewhere.panel.overview(ANALYST)
    assert overview.current is not None
    assert overview.current.name == name(1)


async def test_nothing_new_and_no_way_back_are_told_as_where_the_disk_is(elsewhere: Elsewhere) -> None:
    await elsewhere.process.step()
    with pytest.raises(StepRefusedError) as refused:
        await elsewhere.panel.roll_back(EDITOR, name(1))
    assert refused.value.refusal is Refusal.NO_PREVIOUS
    with pytest.raises(StepRefusedError) as refused:
        await elsewhere.panel.roll_back(EDITOR, name(7))
    assert refused.value.refusal is Refusal.CHANGED
