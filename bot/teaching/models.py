"""Tables of teaching."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity
from core.database.partial_index import partial_index
from nlu.taught import LONGEST_TAUGHT

MAX_PERSON = 80
"""Longest name of somebody who did something, in characters."""


class TaughtRow(Base):
    """A sentence that staff taught, without personal data; `digest` is that of what the model hears of it."""

    __tablename__ = "taught_sentences"
    __table_args__ = (partial_index("uq_taught_sentences_in_use", "digest", where="withdrawn_at IS NULL", unique=True),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    intent: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(LONGEST_TAUGHT))
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(MAX_PERSON))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(MAX_PERSON))


class PassedOverRow(Base):
    """A sentence that staff do not want to teach; the sentence itself is not kept."""

    __tablename__ = "passed_over_sentences"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(MAX_PERSON))


class TrainingRow(Base):
    """One training; at most one of all is open, which the database itself sees to.

    `leased_until` is how long the process that runs it is believed to live, `sentence_ids` are what it teaches, `steps`
    the phases with the moments at which they began, `log` the last lines of the trainer.
    """

    __tablename__ = "trainings"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'running', 'ready', 'refused', 'failed', 'interrupted', 'promoted', 'discarded', "
            "'rolled_back')",
            name="state",
        ),
        partial_index("uq_trainings_open", "is_open", where="is_open", unique=True),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
    is_open: Mapped[bool]
    requested_at: Mapped[datetime]
    requested_by: Mapped[str] = mapped_column(String(MAX_PERSON))
    started_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    sentence_ids: Mapped[list[int]] = mapped_column(JSON)
    steps: Mapped[list[list[str]]] = mapped_column(JSON)
    log: Mapped[str] = mapped_column(Text)
    model: Mapped[str | None] = mapped_column(String(16))
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(MAX_PERSON))
