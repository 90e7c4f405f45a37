"""Table of the audit log; the database itself refuses to change or delete a row (triggers of the migration)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity

MAX_ACTOR, MAX_ACTION, MAX_SUBJECT = 80, 40, 120
"""Longest name, action and subject, in characters."""


class AuditRow(Base):
    """One deed: `action` such as "text.edited", `subject` what it was done to, such as "texts/greet/text"."""

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_actor_id", "actor", "id"), Index("ix_audit_log_action_id", "action", "id"))

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(MAX_ACTOR))
    action: Mapped[str] = mapped_column(String(MAX_ACTION))
    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
