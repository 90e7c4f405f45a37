"""Table of replies that are sent to residents."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity
from core.database.partial_index import partial_index


class LetterRow(Base):
    """One reply to one resident; text and address stay sealed with the message it answers, and go with it.

    `due_at` is when something is to be done: the call, the next try, or the question what became of it; None when it is
    settled. `sending_at` is set while a call may have reached the provider without an answer that is recorded.
    """

    __tablename__ = "handoff_letters"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'delivered', 'failed')", name="state"),
        partial_index("ix_handoff_letters_due_at", "channel", "due_at", where="due_at IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("handoff_steps.id", ondelete="CASCADE"), unique=True)
    channel: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    attempts: Mapped[int]
    sending_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    provider_id: Mapped[str | None] = mapped_column(String(64))
    trouble: Mapped[str | None] = mapped_column(String(20))
    code: Mapped[str | None] = mapped_column(String(60))
    parts: Mapped[int] = mapped_column(SmallInteger)
