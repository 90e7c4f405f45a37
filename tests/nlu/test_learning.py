"""From taught sentences to a report, with models that exist on paper only."""

from pathlib import Path

import pytest

from nlu.judging.evaluation import Evaluation
from nlu.judging.gate import Gate
from nlu.judging.outcome import Outcome, Reading, Sentence
from nlu.learning import Learning, Phase, Report
from nlu.model import SUFFIX, code_fingerprint
from nlu.promotion import PromotionRefused
from nlu.record import Verdict
from nlu.serving.server import StartFailed
from nlu.store import ModelStore
from tests.nlu.models import add, name
from tests.nlu.readings import DECLINED, answered, evaluated, knowing
from tests.nlu.sources import TRAINS, command, new_sources

SENTENCES = [Sentence(intent, f"{intent} {number}") for intent in ("greet", "thanks") for number in range(6)]
GOOD = {text: answered(key) for key, text in SENTENCES}
BAD = GOOD | {f"greet {number}": answered("thanks") for number in range(6)}
TAUGHT = (Sentence("greet", "czołem"), Sentence("thanks", "dziena"))
GATE = Gate(least={"score": 0.4}, most={}, significance=0.05, intent_loss=0.2)


class School:
    """Learns with a small trainer; the models read what they are told to."""

    def __init__(self, folder: Path, new: dict[str, Reading] | None) -> None:
        self.models, self.phases = folder / "models", list[Phase]()
        self.sources = new_sources(folder / "sources")
        self._new = new
        self.store = ModelStore(self.models)
        add(self.store, folder, 1, code=code_fingerprint(self.sources))
        self.store.put_in_service(name(1))

    async def learn(self) -> Report:
        learning = Learning(self.models, command(TRAINS), self._measure, GATE, self.phases.append)
        return await learning.learn(TAUGHT, root=self.sources)

    async def _measure(self, archive: Path) -> Evaluation:
        model = archive.name.removesuffix(SUFFIX)
        readings = GOOD if model == name(1) else self._new
        if readings is None:
            raise StartFailed("it misunderstood 6 of 7 plain sentences")
        evaluation = await evaluated(SENTENCES, knowing(readings), model)
        seen = (answered("greet"), DECLINED)
        taught = tuple(
            Outcome(key=key, text=text, reading=reading) for (key, text), reading in zip(TAUGHT, seen, strict=True)
        )
        return evaluation.model_copy(update={"taught": taught})


async def test_a_good_model_is_reported_and_waits(tmp_path: Path) -> None:
    school = School(tmp_path, GOOD)
    report = await school.learn()
    record = school.store.get(report.model)

    assert report.passed
    assert (report.against, report.score, report.score_before) == (name(1), 1.0, 1.0)
    assert [(each.text, each.after, each.right) for each in report.taught] == [
        ("czołem", "greet", True),
        ("dziena", "declined", False),
    ]
    assert record is not None
    assert (record.verdict, record.against, record.taught) == (Verdict.PASSED, name(1), TAUGHT)
    assert school.store.registry().current == name(1)
    assert school.phases[0] is Phase.TRAINING


async def test_the_trainer_learns_the_taught_sentences_beside_those_of_the_release(tmp_path: Path) -> None:
    trains = "import pathlib, sys\nfolder = pathlib.Path(sys.argv[1])\n"
    trains += "pathlib.Path(sys.argv[2]).write_text(''.join(f.read_text() for f in sorted(folder.glob('*.yml'))))"
    school = School(tmp_path, GOOD)
    learning = Learning(school.models, command(trains), school._measure, GATE, school.phases.append)
    report = await learning.learn(TAUGHT, root=school.sources)
    read = school.store.archive(report.model).read_text(encoding="utf-8")

    assert "- dzień dobry" in read
    assert "- czołem" in read
    assert "- dziena" in read


async def test_a_model_that_forgets_a_topic_is_refused_with_the_sentences_that_changed(tmp_path: Path) -> None:
    report = await School(tmp_path, BAD).learn()

    assert not report.passed
    assert [check.name for check in report.checks if not check.passed] == [
        "chance that the loss is chance, at least",
        "loss of greet at most",
    ]
    assert report.comparison is not None
    assert next((change.text, change.before, change.after) for change in report.comparison.changes) == (
        "greet 0",
        "greet",
        "thanks",
    )


async def test_a_model_that_cannot_be_served_is_no_candidate(tmp_path: Path) -> None:
    with pytest.raises(PromotionRefused, match="misunderstood 6 of 7"):
        await School(tmp_path, None).learn()
