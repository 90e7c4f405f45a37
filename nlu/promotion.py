"""A candidate is measured, held against the gate and the model in service, and then may serve or may not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from core.errors import HubError
from nlu.choice import usable_archive
from nlu.judging.comparison import Comparison, compare
from nlu.judging.evaluation import Evaluation
from nlu.judging.gate import Check, Gate, examine
from nlu.judging.report import Table, comparison_tables, evaluation_tables, gate_table
from nlu.model import ROOT, SUFFIX
from nlu.record import Verdict
from nlu.serving.server import StartFailed
from nlu.store import ModelStore

# Serves an archive, has the development sentences understood, and raises `StartFailed` when it cannot be served.
Measure = Callable[[Path], Awaitable[Evaluation]]
Show = Callable[[list[Table]], None]


@dataclass(frozen=True)
class Appraisal:
    """What was measured of a candidate: against the model in service, where there is one, and the conditions."""

    evaluation: Evaluation
    comparison: Comparison | None
    checks: tuple[Check, ...]

    @property
    def refusals(self) -> tuple[str, ...]:
        """The conditions that are not met, each with what was measured."""
        return tuple(_refusal(check) for check in self.checks if not check.passed)


class PromotionRefused(HubError):  # noqa: N818 - what happened, not a mistake in the call
    """The candidate did not pass; the message names the conditions. The model in service stays."""


async def pass_gate(
    store: ModelStore, candidate: Path, measure: Measure, gate: Gate, show: Show, root: Path = ROOT
) -> None:
    """Return when the candidate passes every condition and may go into service; `show` gets what was measured.

    Raises `PromotionRefused`, after writing the reasons down beside the candidate.
    """
    name = candidate.name.removesuffix(SUFFIX)
    appraisal = await appraise(store, candidate, measure, gate, root)
    evaluation, comparison = appraisal.evaluation, appraisal.comparison
    compared = comparison_tables(comparison) if comparison else []
    show([*evaluation_tables(evaluation), *compared, gate_table(appraisal.checks)])
    if appraisal.refusals:
        message = f"The model {name} was not put in service: {'; '.join(appraisal.refusals)}."
        raise PromotionRefused(message)


async def appraise(store: ModelStore, candidate: Path, measure: Measure, gate: Gate, root: Path = ROOT) -> Appraisal:
    """Measure a candidate, hold it against the gate and the model in service, and write the verdict down beside it.

    Raises `PromotionRefused` when it cannot be served.
    """
    name, in_service = candidate.name.removesuffix(SUFFIX), store.registry().current
    try:
        evaluation = await measure(candidate)
    except StartFailed as error:
        store.note(name, Verdict.FAILED, str(error))
        message = f"The model {name} was not put in service: {error}."
        raise PromotionRefused(message) from error
    store.keep_evaluation(name, evaluation)
    comparison = await _comparison(store, name, evaluation, measure, root)
    appraisal = Appraisal(evaluation, comparison, examine(gate, evaluation, comparison))
    reason = "; ".join(appraisal.refusals)
    store.note(name, Verdict.REFUSED if reason else Verdict.PASSED, reason, appraisal.checks, in_service)
    return appraisal


async def _comparison(
    store: ModelStore, candidate: str, evaluation: Evaluation, measure: Measure, root: Path
) -> Comparison | None:
    """Compare with the model in service, measured anew if it can still be served, else as it was measured then."""
    in_service = store.registry().current
    if in_service is None or in_service == candidate:
        return None
    before = store.evaluation(in_service)
    if archive := usable_archive(store, in_service, root):
        before = await measure(archive)
        store.keep_evaluation(in_service, before)
    return compare(before.outcomes, evaluation.outcomes) if before else None


def _refusal(check: Check) -> str:
    measured = "not measured" if check.measured is None else f"{check.measured:.3f}"
    return f"{check.name} {check.limit:.3f}, but it is {measured}"
