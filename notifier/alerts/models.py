"""Tables of smog alerts: the episodes, every message with who released it, and what staff changed of the rules."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity
from core.database.partial_index import partial_index

MAX_NAME, MAX_REASON = 80, 300
"""Longest name of a person and longest reason of a decision, in characters."""


class AlertEpisodeRow(Base):
    """An episode as `episodes.Episode` describes it; one of a kind runs per zone at a time."""

    __tablename__ = "alert_episodes"
    __table_args__ = (
        partial_index("uq_alert_episodes_running", "zone", "kind", where="ended_at IS NULL", unique=True),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    zone: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(60))
    sample: Mapped[bool]
    started_at: Mapped[datetime]
    measured_at: Mapped[datetime]
    level: Mapped[int] = mapped_column(SmallInteger)
    raised: Mapped[list[str]] = mapped_column(JSON)
    seen: Mapped[dict[str, Any]]
    calm: Mapped[int] = mapped_column(SmallInteger)
    told_level: Mapped[int | None] = mapped_column(SmallInteger)
    told_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]


class AlertMessageRow(Base):
    """A message about an episode: what the residents were to read, whether it went out, and who decided that.

    `level` is None for the all-clear. The fields from `identifier` to `references` are those of CAP 1.2 and are set
    when the message goes out; `references` are the identifier and the ISO moment of each earlier message that did.
    A held message waits until `decide_by` (UTC), one that is automatic does not wait; `staff_told_at` is when a person
    was asked.
    """

    __tablename__ = "alert_messages"
    __table_args__ = (
        CheckConstraint("state IN ('held', 'sent', 'rejected', 'lapsed', 'withdrawn')", name="state"),
        partial_index("ix_alert_messages_held", "id", where="state = 'held'"),
        Index("ix_alert_messages_sent_at", "sent_at"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("alert_episodes.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    level: Mapped[int | None] = mapped_column(SmallInteger)
    severity: Mapped[str] = mapped_column(String(10))
    sample: Mapped[bool]
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    sms: Mapped[str] = mapped_column(Text)
    measured_at: Mapped[datetime]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decide_by: Mapped[datetime]
    at_deadline: Mapped[str] = mapped_column(String(10))
    staff_told_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(MAX_NAME))
    decision_reason: Mapped[str | None] = mapped_column(String(MAX_REASON))
    identifier: Mapped[str | None] = mapped_column(String(80), unique=True)
    msg_type: Mapped[str | None] = mapped_column(String(10))
    sent_at: Mapped[datetime | None]
    references: Mapped[list[list[str]]] = mapped_column("earlier", JSON)
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"))


class AlertRulesRow(Base):
    """One version of the rules: what staff changed of the city pack's, `changes` None for the pack's own again."""

    __tablename__ = "alert_rule_versions"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    changes: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    author: Mapped[str] = mapped_column(String(MAX_NAME))
    reason: Mapped[str] = mapped_column(String(MAX_REASON))
    created_at: Mapped[datetime]
