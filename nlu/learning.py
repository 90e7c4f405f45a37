"""From taught sentences to a judged model: trained, measured, held against the gate; it does not go into service."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel

from nlu.judging.comparison import Comparison, said
from nlu.judging.evaluation import Evaluation
from nlu.judging.gate import Check, Gate
from nlu.judging.outcome import Outcome, Result, Sentence
from nlu.lifecycle import ensure_model
from nlu.model import ROOT, SUFFIX
from nlu.promotion import Measure, appraise
from nlu.store import ModelStore


class Phase(StrEnum):
    """What a training is doing; no line of a trainer reads so."""

    TRAINING = "phase:training"
    MEASURING = "phase:measuring"  # the candidate, then the model in service


class Learned(BaseModel, frozen=True):
    """A taught sentence and what a resident gets for it from the new model."""

    text: str
    expected: str
    after: str
    right: bool


class Report(BaseModel, frozen=True):
    """What staff decide by: `score` (0 to 1) of the new model and of the one in service, and all that changed."""

    model: str
    against: str | None
    passed: bool
    score: float
    score_before: float | None
    checks: tuple[Check, ...]
    comparison: Comparison | None
    taught: tuple[Learned, ...]


class Learning:
    """Trains and judges; `begin` is told of each phase, `progress` gets each line of the trainer."""

    def __init__(
        self, models: Path, train: Sequence[str], measure: Measure, gate: Gate, begin: Callable[[Phase], None]
    ) -> None:
        self._models = models
        self._train = train
        self._measure = measure
        self._gate = gate
        self._begin = begin

    async def learn(
        self, taught: Sequence[Sentence], progress: Callable[[str], None] = lambda _: None, root: Path = ROOT
    ) -> Report:
        """Return what became of a model of the release and the `taught` sentences.

        Raises:
            TrainingFailed: it could not be trained.
            PromotionRefused: it cannot be served.
        """
        store = ModelStore(self._models)
        self._begin(Phase.TRAINING)
        candidate = await ensure_model(self._models, self._train, progress, root, taught=taught)

        async def measured(archive: Path) -> Evaluation:
            self._begin(Phase.MEASURING)
            return await self._measure(archive)

        against = store.registry().current
        appraisal = await appraise(store, candidate, measured, self._gate, root)
        before = store.evaluation(against) if against and appraisal.comparison else None
        return Report(
            model=candidate.name.removesuffix(SUFFIX),
            against=against,
            passed=not appraisal.refusals,
            score=appraisal.evaluation.written.score,
            score_before=before.written.score if before else None,
            checks=appraisal.checks,
            comparison=appraisal.comparison,
            taught=tuple(_learned(outcome) for outcome in appraisal.evaluation.taught),
        )


def _learned(outcome: Outcome) -> Learned:
    return Learned(
        text=outcome.text, expected=outcome.expected, after=said(outcome), right=outcome.result is Result.RIGHT
    )
