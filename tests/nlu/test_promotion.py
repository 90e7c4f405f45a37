"""The way of a candidate into service, with models that exist on paper only."""

from pathlib import Path

import pytest

from nlu.judging.evaluation import Evaluation
from nlu.judging.gate import Gate
from nlu.judging.outcome import Reading, Sentence
from nlu.judging.report import Table, as_text
from nlu.model import SUFFIX
from nlu.promotion import PromotionRefused, pass_gate
from nlu.record import Registry, Verdict
from nlu.serving.server import StartFailed
from nlu.store import ModelStore
from tests.nlu.models import add, name
from tests.nlu.readings import answered, evaluated, knowing

INTENTS = ("greet", "goodbye", "thanks")
SENTENCES = [Sentence(intent, f"{intent} {number}") for intent in INTENTS for number in range(6)]
GOOD = {text: answered(key) for key, text in SENTENCES}
# A model trained on shuffled labels: each intent is taken for the next one.
SHUFFLED = {text: answered(INTENTS[(INTENTS.index(key) + 1) % 3]) for key, text in SENTENCES}
WEAKER = GOOD | {f"greet {number}": answered("thanks") for number in range(6)}
GATE = Gate(least={"score": 0.6}, most={}, significance=0.05, intent_loss=0.2)


class Office:
    """Measures and shows, and remembers both; a model without readings cannot be served."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = ModelStore(folder / "models")
        self.readings: dict[int, dict[str, Reading]] = {}
        self.measured: list[str] = []
        self.shown = ""

    def add(self, number: int, readings: dict[str, Reading] | None, code: str | None = None) -> Path:
        if readings is not None:
            self.readings[number] = readings
        return add(self.store, self.folder, number, code=code)

    async def promote(self, candidate: Path) -> None:
        await pass_gate(self.store, candidate, self._measure, GATE, self._show)
        self.store.put_in_service(candidate.name.removesuffix(SUFFIX))

    async def _measure(self, archive: Path) -> Evaluation:
        model = archive.name.removesuffix(SUFFIX)
        self.measured.append(model)
        readings = self.readings.get(int(model, 16))
        if readings is None:
            raise StartFailed("it misunderstood 6 of 7 plain sentences")
        return await evaluated(SENTENCES, knowing(readings), model)

    def _show(self, tables: list[Table]) -> None:
        self.shown = as_text(tables)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


async def test_the_first_good_model_goes_into_service(office: Office) -> None:
    await office.promote(office.add(1, GOOD))
    record = office.store.get(name(1))

    assert office.store.registry() == Registry(current=name(1))
    assert record is not None
    assert record.verdict is Verdict.PASSED
    assert record.gate


@pytest.mark.parametrize(
    ("readings", "verdict", "reason"),
    [
        (SHUFFLED, Verdict.REFUSED, "score at least"),
        (WEAKER, Verdict.REFUSED, "loss of greet at most"),
        (None, Verdict.FAILED, "misunderstood 6 of 7"),
    ],
    ids=["trained on shuffled labels", "weaker than the one in service", "fails the smoke test"],
)
async def test_a_bad_model_does_not_and_the_reason_stands_beside_it(
    office: Office, readings: dict[str, Reading] | None, verdict: Verdict, reason: str
) -> None:
    await office.promote(office.add(1, GOOD))

    with pytest.raises(PromotionRefused, match=reason):
        await office.promote(office.add(2, readings))
    record = office.store.get(name(2))
    assert office.store.registry() == Registry(current=name(1))
    assert record is not None
    assert record.verdict is verdict
    assert reason in record.reason


async def test_the_person_sees_which_sentences_are_treated_otherwise(office: Office) -> None:
    await office.promote(office.add(1, GOOD | {"thanks 0": answered("greet")}))
    await office.promote(office.add(2, GOOD))

    assert "thanks 0" in office.shown
    assert "thanks 1" not in office.shown
    assert office.store.registry() == Registry(current=name(2), previous=name(1))


async def test_a_refused_model_may_be_examined_again(office: Office) -> None:
    candidate = office.add(1, SHUFFLED)
    with pytest.raises(PromotionRefused):
        await office.promote(candidate)
    office.readings[1] = GOOD
    await office.promote(candidate)

    assert office.store.registry().current == name(1)


async def test_a_model_of_an_older_release_is_compared_as_it_was_measured_then(office: Office) -> None:
    old = office.add(1, GOOD, code="of an older release")
    await office.promote(old)
    office.measured.clear()

    with pytest.raises(PromotionRefused, match="loss of greet"):
        await office.promote(office.add(2, WEAKER))
    assert office.measured == [name(2)]


async def test_without_any_measurement_of_the_one_in_service_the_floors_alone_decide(office: Office) -> None:
    office.add(1, GOOD, code="of an older release")
    office.store.put_in_service(name(1))
    await office.promote(office.add(2, WEAKER))

    assert office.store.registry().current == name(2)
