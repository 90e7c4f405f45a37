"""Machines of the language model and a panel that meet only in the database; models exist on paper only."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from core.database import Database
from nlu.admission import NotAdmitted, Obstacle
from nlu.judging.outcome import Sentence
from nlu.lifecycle import TrainingFailed
from nlu.model import code_fingerprint
from nlu.record import Registry, Verdict
from nlu.shared import repository
from nlu.shared.following import Following
from nlu.shared.repository import Shared
from nlu.shared.shelf import SharedShelf
from nlu.store import ModelStore, ModelUnusable
from tests.fakes import FrozenClock
from tests.nlu.models import add, name

CODE = code_fingerprint()
TAUGHT = (Sentence("greet", "siemanko"),)


class Machine:
    """A machine with a store of its own that can train any model that is asked of it."""

    def __init__(self, database: Database, clock: FrozenClock, folder: Path, makes: int = 0) -> None:
        folder.mkdir()
        self.folder, self.makes = folder, makes
        self.store = ModelStore(folder / "models")
        self.trained: list[Sequence[Sentence]] = []
        self._parts = (database, clock)
        self.restart()

    def restart(self) -> None:
        self.following = Following(*self._parts, self.store, self._train, CODE)

    @property
    def serves(self) -> str | None:
        return self.store.registry().current

    async def learned(self, number: int, *, against: int | None = None, verdict: Verdict = Verdict.PASSED) -> None:
        """End a training of this machine with a verdict."""
        add(self.store, self.folder, number, f"model {number}")
        self.store.note(name(number), verdict, against=name(against) if against else None)
        await self.following.step()

    async def _train(self, taught: Sequence[Sentence]) -> Path:
        self.trained.append(taught)
        if not self.makes:
            raise TrainingFailed("the training of the model failed")
        return add(self.store, self.folder, self.makes, "trained here")


class Town:
    """Two machines and a panel over one database."""

    def __init__(self, database: Database, clock: FrozenClock, folder: Path) -> None:
        self.database, self.clock = database, clock
        self.machine: Callable[[str], Machine] = lambda label: Machine(database, clock, folder / label)
        self.shelf = SharedShelf()

    async def shared(self) -> Shared:
        async with self.database.read() as session:
            found = await repository.read(session)
        assert found is not None
        return found

    async def put_in_service(self, number: int) -> None:
        async with self.database.write() as session:
            await self.shelf.admit(session, name(number), CODE, self.clock.now())

    async def roll_back(self, code: str = CODE) -> None:
        async with self.database.write() as session:
            await self.shelf.roll_back(session, code, self.clock.now())


@pytest.fixture
def town(database: Database, clock: FrozenClock, tmp_path: Path) -> Town:
    return Town(database, clock, tmp_path)


@pytest.fixture
async def first(town: Town) -> Machine:
    """A machine that serves model 1 and has told so."""
    machine = town.machine("first")
    add(machine.store, machine.folder, 1)
    machine.store.put_in_service(name(1))
    await machine.following.step()
    return machine


async def _refused(step: Callable[[], object]) -> Obstacle:
    with pytest.raises(NotAdmitted) as refused:
        await step()  # type: ignore[misc]
    return refused.value.obstacle


async def test_the_panel_sees_what_a_machine_serves_and_what_it_learned(town: Town, first: Machine) -> None:
    await first.learned(2, against=1)
    shared = await town.shared()

    assert shared.registry == Registry(current=name(1))
    assert shared.records[name(2)].verdict is Verdict.PASSED
    assert shared.records[name(2)].against == name(1)


async def test_a_decision_of_the_panel_is_followed_and_so_is_the_way_back(town: Town, first: Machine) -> None:
    first.makes = 2
    await first.learned(2, against=1)
    await town.put_in_service(2)
    await first.following.step()
    assert first.store.registry() == Registry(current=name(2), previous=name(1))

    first.makes = 1
    await town.roll_back()
    await first.following.step()
    await first.following.step()
    assert first.store.registry() == Registry(current=name(1), previous=name(2))
    left = first.store.get(name(2))
    assert left is not None
    assert left.verdict is Verdict.WITHDRAWN
    shared = await town.shared()
    assert shared.registry == first.store.registry()
    assert shared.records[name(2)].verdict is Verdict.WITHDRAWN


async def test_nothing_passes_beside_the_gate(town: Town, first: Machine) -> None:
    await first.learned(2, against=1, verdict=Verdict.REFUSED)
    assert await _refused(lambda: town.put_in_service(2)) is Obstacle.NOT_PASSED
    assert await _refused(lambda: town.put_in_service(7)) is Obstacle.GONE
    await first.learned(3, against=2)
    assert await _refused(lambda: town.put_in_service(3)) is Obstacle.OVERTAKEN

    assert (await town.shared()).registry.current == name(1)


async def test_without_a_usable_model_before_there_is_no_way_back(town: Town, first: Machine) -> None:
    with pytest.raises(ModelUnusable):
        await town.roll_back()
    await first.learned(2, against=1)
    await town.put_in_service(2)
    with pytest.raises(ModelUnusable):
        await town.roll_back("another release")


async def test_a_model_that_does_not_come_up_is_given_back_and_the_panel_says_so(town: Town, first: Machine) -> None:
    first.makes = 2
    await first.learned(2, against=1)
    await town.put_in_service(2)
    await first.following.step()
    first.store.give_up(name(2), name(1), "it misunderstood 6 of 7 plain sentences")
    await first.following.step()
    shared = await town.shared()

    assert shared.registry.current == name(1)
    assert shared.records[name(2)].verdict is Verdict.FAILED


async def test_another_machine_makes_the_model_itself_from_the_same_sentences(town: Town, first: Machine) -> None:
    second = town.machine("second")
    add(second.store, second.folder, 1)
    second.store.put_in_service(name(1))
    await second.following.begin()
    await first.learned(2, against=1)
    first.makes = second.makes = 2
    await town.put_in_service(2)
    for machine in (first, second, first, second):
        await machine.following.step()

    assert (first.serves, second.serves) == (name(2), name(2))
    assert second.trained == [()]
    version = (await town.shared()).version
    for machine in (first, second, first, second):
        await machine.following.step()
    assert (await town.shared()).version == version


async def test_a_machine_that_cannot_make_the_model_keeps_its_own_and_takes_nothing_back(
    town: Town, first: Machine
) -> None:
    second = town.machine("second")
    add(second.store, second.folder, 1)
    second.store.put_in_service(name(1))
    await second.following.begin()
    await first.learned(2, against=1)
    first.makes = 2
    await town.put_in_service(2)
    for machine in (first, second, second, first):
        await machine.following.step()

    assert (first.serves, second.serves) == (name(2), name(1))
    assert (await town.shared()).registry.current == name(2)


async def test_a_machine_that_was_away_begins_with_what_was_decided_meanwhile(town: Town, first: Machine) -> None:
    await first.learned(2, against=1)
    first.makes = 2
    await town.put_in_service(2)
    first.restart()

    assert await first.following.begin() == ()
    assert first.serves == name(2)


async def test_a_new_machine_without_models_learns_what_was_taught(town: Town, first: Machine) -> None:
    record = first.store.get(name(1))
    assert record is not None
    async with town.database.write() as session:
        taught = [record.model_copy(update={"taught": TAUGHT, "code": "of the release before"})]
        await repository.write(session, Registry(current=name(1)), taught, town.clock.now())
    new = town.machine("new")
    add(new.store, new.folder, 5)
    new.store.put_in_service(name(5))

    assert await new.following.begin() == TAUGHT
    # It was made with other code: the start chooses by the release and what was taught, not by what lay here before.
    assert new.serves is None
    assert new.trained == []


async def test_a_model_of_another_release_is_not_followed(town: Town, first: Machine) -> None:
    record = first.store.get(name(1))
    assert record is not None
    other = record.model_copy(update={"name": name(9), "code": "newer"})
    async with town.database.write() as session:
        await repository.write(session, Registry(current=name(9), previous=name(1)), [other, record], town.clock.now())
    await first.following.step()
    await first.following.step()

    assert first.serves == name(1)
    assert (await town.shared()).registry.current == name(9)


async def test_a_change_at_the_command_line_of_the_machine_reaches_the_panel(town: Town, first: Machine) -> None:
    await first.learned(2, against=1)
    first.store.put_in_service(name(2))
    await first.following.step()

    assert (await town.shared()).registry == Registry(current=name(2), previous=name(1))


async def test_before_anybody_shares_nothing_is_known_and_nothing_can_be_changed(town: Town) -> None:
    async with town.database.read() as session:
        assert await town.shelf.models(session) is None
    with pytest.raises(ModelUnusable):
        await town.put_in_service(1)
    fresh = town.machine("fresh")
    assert await fresh.following.begin() is None
    await fresh.following.step()
    async with town.database.read() as session:
        assert await town.shelf.models(session) is None


async def test_only_what_a_store_keeps_is_kept(town: Town, first: Machine) -> None:
    for number in range(2, 9):
        await first.learned(number, against=1)

    assert set((await town.shared()).records) == {name(1), name(8)}
