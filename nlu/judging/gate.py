"""What a model must reach before residents meet it: floors, and no loss against the model in service."""

from collections.abc import Callable
from pathlib import Path

import yaml
from pydantic import BaseModel, Field

from nlu.judging.comparison import Comparison
from nlu.judging.evaluation import Evaluation, SetResult
from nlu.model import ROOT

GATE = ROOT / "nlu" / "judging" / "gate.yml"

Share = Field(ge=0, le=1)


class Check(BaseModel, frozen=True):
    """One condition: what was measured (None: it was not), and the limit it was held against."""

    name: str
    measured: float | None
    limit: float
    passed: bool


class Gate(BaseModel, frozen=True, extra="forbid"):
    """The conditions of gate.yml; shares are 0 to 1. An absolute limit that is not written there is not asked."""

    least: dict[str, float]
    most: dict[str, float]
    significance: float = Share
    intent_loss: float = Share

    def model_post_init(self, _context: object) -> None:
        """Refuse the name of a figure that nobody measures."""
        if unknown := (self.least.keys() | self.most.keys()) - _FIGURES.keys():
            message = f"the gate names figures that do not exist: {', '.join(sorted(unknown))}"
            raise ValueError(message)


def load_gate(path: Path = GATE) -> Gate:
    """Read the conditions."""
    return Gate.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def examine(gate: Gate, evaluation: Evaluation, comparison: Comparison | None) -> tuple[Check, ...]:
    """Return all conditions; a figure that the gate asks for and nobody measured does not pass."""
    checks = [
        _check(f"{name} at least", _FIGURES[name](evaluation), low, least=True) for name, low in gate.least.items()
    ]
    checks += [
        _check(f"{name} at most", _FIGURES[name](evaluation), high, least=False) for name, high in gate.most.items()
    ]
    if comparison is not None:
        checks += _against_predecessor(gate, comparison)
    return tuple(checks)


def _check(name: str, measured: float | None, limit: float, *, least: bool) -> Check:
    passed = measured is not None and (measured >= limit if least else measured <= limit)
    return Check(name=name, measured=measured, limit=limit, passed=passed)


def _against_predecessor(gate: Gate, comparison: Comparison) -> list[Check]:
    lost_by_chance = _check(
        "chance that the loss is chance, at least", comparison.chance, gate.significance, least=True
    )
    losses = [
        _check(f"loss of {change.intent} at most", change.loss, gate.intent_loss, least=False)
        for change in comparison.intents
        if change.loss > gate.intent_loss
    ]
    return [lost_by_chance, *losses]


def _of_kind(kind: str) -> Callable[[Evaluation], float | None]:
    def answered(evaluation: Evaluation) -> float | None:
        found = evaluation.written.foreign_kinds.get(kind)
        return found.answered if found else None

    return answered


def _share(result: SetResult | None) -> float | None:
    return result.share if result else None


_FIGURES: dict[str, Callable[[Evaluation], float | None]] = {
    "accuracy": lambda evaluation: evaluation.written.accuracy,
    "score": lambda evaluation: evaluation.written.score,
    "answered wrong": lambda evaluation: evaluation.written.wrong,
    "declined": lambda evaluation: evaluation.written.refused,
    "foreign answered": lambda evaluation: evaluation.written.foreign.answered,
    "near foreign answered": _of_kind("out_of_scope_near"),
    "far foreign answered": _of_kind("out_of_scope_far"),
    "loss without Polish letters": lambda evaluation: evaluation.written.score - evaluation.folded.score,
    "loss by one typo": lambda evaluation: evaluation.written.score - evaluation.typo.score,
    "places": lambda evaluation: _share(evaluation.places),
    "dialogues": lambda evaluation: _share(evaluation.dialogues),
}
