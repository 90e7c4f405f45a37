"""A training as staff see it: its states, its steps, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.teaching.models import TrainingRow
from nlu.learning import Phase, Report


class TrainingState(StrEnum):
    """Where a training stands."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"  # passed the gate, waits for a person
    REFUSED = "refused"  # by the gate
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    PROMOTED = "promoted"
    DISCARDED = "discarded"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True)
class Step:
    """A phase and when it began."""

    phase: Phase
    at: datetime


@dataclass(frozen=True)
class Training:
    """One training; `log` are the last lines of the trainer, `report` is there once it was judged."""

    id: int
    state: TrainingState
    requested_at: datetime
    requested_by: str
    started_at: datetime | None
    ended_at: datetime | None
    sentences: int
    steps: tuple[Step, ...]
    log: str
    model: str | None
    report: Report | None
    decided_at: datetime | None
    decided_by: str | None

    @property
    def is_open(self) -> bool:
        """Whether it is still to end."""
        return self.state in {TrainingState.QUEUED, TrainingState.RUNNING}


def training_of_row(row: TrainingRow, now: datetime) -> Training:
    """Return a training as it is; one whose process died is interrupted, though nobody wrote that down yet."""
    is_dead = row.state == TrainingState.RUNNING and row.leased_until is not None and row.leased_until < now
    return Training(
        id=row.id,
        state=TrainingState.INTERRUPTED if is_dead else TrainingState(row.state),
        requested_at=row.requested_at,
        requested_by=row.requested_by,
        started_at=row.started_at,
        ended_at=row.ended_at,
        sentences=len(row.sentence_ids),
        steps=tuple(Step(Phase(phase), datetime.fromisoformat(at)) for phase, at in row.steps),
        log=row.log,
        model=row.model,
        report=Report.model_validate(row.report) if row.report else None,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
    )
