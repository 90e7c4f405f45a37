"""The tables that tell people what was measured: for a terminal, or as Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlu.judging.comparison import Comparison
from nlu.judging.evaluation import Evaluation, Figures, Foreign, SetResult
from nlu.judging.gate import Check
from nlu.judging.outcome import Result

_WORST_INTENTS = 10
_CONFUSIONS = 15
_WRONG_ITEMS = 10


@dataclass(frozen=True)
class Table:
    """A title, the names of the columns, and rows of as many cells; the first cell names the row."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def evaluation_tables(evaluation: Evaluation) -> list[Table]:
    """Return the tables of one model's figures."""
    sets = [
        _set_table(name, result)
        for name, result in (("Places", evaluation.places), ("Dialogues", evaluation.dialogues))
        if result is not None
    ]
    return [
        _figures_table(evaluation),
        _intents_table(evaluation),
        *sets,
        _confusion_table(evaluation),
        *_model_tables(evaluation),
    ]


def comparison_tables(comparison: Comparison) -> list[Table]:
    """Return what changed between the model in service and the candidate."""
    summary = [
        ("sentences in common", str(comparison.sentences)),
        ("gained", str(comparison.gained)),
        ("lost", str(comparison.lost)),
        ("chance of such a loss between equal models", f"{comparison.chance:.3f}"),
    ]
    intents = [
        (change.intent, str(change.sentences), str(change.before), str(change.after))
        for change in comparison.intents
        if change.before != change.after
    ]
    changes = [(change.text, change.expected, change.before, change.after) for change in comparison.changes]
    return [
        Table("Against the model in service", ("", ""), summary),
        Table("Intents with another number of right answers", ("intent", "sentences", "before", "after"), intents),
        Table("Sentences treated otherwise", ("sentence", "expected", "before", "after"), changes),
    ]


def gate_table(checks: Iterable[Check]) -> Table:
    """Return the conditions of the gate and how they were met."""
    rows = [
        (
            check.name,
            f"{check.limit:.3f}",
            "not measured" if check.measured is None else f"{check.measured:.3f}",
            "passed" if check.passed else "REFUSED",
        )
        for check in checks
    ]
    return Table("Gate", ("condition", "limit", "measured", ""), rows)


def as_text(tables: Iterable[Table]) -> str:
    """Return tables for a terminal, in columns."""
    return "\n\n".join(_text(table) for table in tables if table.rows)


def as_markdown(heading: str, tables: Iterable[Table]) -> str:
    """Return a Markdown document of tables."""
    return "\n\n".join([f"# {heading}", *(_markdown(table) for table in tables if table.rows)]) + "\n"


def _figures_table(evaluation: Evaluation) -> Table:
    columns = (evaluation.written, evaluation.folded, evaluation.typo)
    kinds = sorted(evaluation.written.foreign_kinds) if len(evaluation.written.foreign_kinds) > 1 else []
    cells = [_column(figures, kinds) for figures in columns]
    rows = [(name, *(column[name] for column in cells)) for name in cells[0]]
    title = f"Model {evaluation.model}, {evaluation.written.sentences} development sentences"
    return Table(title, ("", "as written", "no Polish letters", "one typo"), rows)


def _column(figures: Figures, kinds: Sequence[str]) -> dict[str, str]:
    shares = {
        "model: accuracy": figures.accuracy,
        "model: macro F1": figures.macro_f1,
        "in scope: score": figures.score,
        f"in scope: {Result.RIGHT}": figures.right,
        f"in scope: {Result.OFFERED_RIGHT}": figures.offered_right,
        f"in scope: {Result.OFFERED_WRONG}": figures.offered_wrong,
        f"in scope: {Result.WRONG}": figures.wrong,
        f"in scope: {Result.REFUSED}": figures.refused,
    }
    foreign: dict[str, Foreign] = {"foreign": figures.foreign, **{kind: figures.foreign_kinds[kind] for kind in kinds}}
    for name, entry in foreign.items():
        shares[f"{name} ({entry.sentences}): answered"] = entry.answered
        shares[f"{name} ({entry.sentences}): asked back"] = entry.offered
    return {name: f"{share:.3f}" for name, share in shares.items()}


def _intents_table(evaluation: Evaluation) -> Table:
    worst = sorted(evaluation.intents.items(), key=lambda entry: (entry[1].recall, entry[0]))[:_WORST_INTENTS]
    rows = [(name, str(entry.sentences), f"{entry.recall:.3f}", f"{entry.right:.3f}") for name, entry in worst]
    return Table("Weakest intents", ("intent", "sentences", "recall", "answered right"), rows)


def _set_table(name: str, result: SetResult) -> Table:
    summary = [("right", f"{result.right} of {result.items} ({result.share:.3f})")]
    if result.false_alarms:
        summary.append(("false alarms", str(result.false_alarms)))
    return Table(name, ("", ""), [*summary, *(("wrong", item) for item in result.wrong[:_WRONG_ITEMS])])


def _confusion_table(evaluation: Evaluation) -> Table:
    rows = [(expected, guessed, str(count)) for expected, guessed, count in evaluation.confusions[:_CONFUSIONS]]
    return Table("Most frequent confusions of the model", ("expected", "guessed", "sentences"), rows)


def _model_tables(evaluation: Evaluation) -> list[Table]:
    bins = [
        (f"from {entry.start:.1f}", str(entry.guesses), f"{entry.confidence:.3f}", f"{entry.right:.3f}")
        for entry in evaluation.calibration.bins
    ]
    calibration = f"Calibration of the first guess (expected error {evaluation.calibration.error:.3f})"
    latency = [("p50", f"{evaluation.latency.p50:.1f} ms"), ("p95", f"{evaluation.latency.p95:.1f} ms")]
    return [
        Table(calibration, ("probability", "sentences", "mean", "right"), bins),
        Table("Time of one parse", ("", ""), latency),
    ]


def _text(table: Table) -> str:
    header = [table.columns] if any(table.columns) else []
    lines = [*header, *table.rows]
    widths = [max(len(line[number]) for line in lines) for number in range(len(table.columns))]
    aligned = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join([table.title, *("  " + line.rstrip() for line in aligned)])


def _markdown(table: Table) -> str:
    lines = [table.columns, ("---",) * len(table.columns), *table.rows]
    cells = ("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines)
    return "\n".join([f"## {table.title}", "", *cells])
