"""Tables of messages left for the office."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.handoffs.handoff import ReplyTo
from core.database import Base, Identity

MAX_NAME = 80
"""Longest name of a member of staff, in characters."""


class HandoffRow(Base):
    """A message: text and contact are encrypted, its sender is known only by a keyed digest.

    `request_key` is that of the conversation's draft, so that one draft becomes one message however often it is sent.
    `told_at` is when staff were told of what the resident wrote last, None while they are to be.
    """

    __tablename__ = "handoffs"
    __table_args__ = (
        Index("ix_handoffs_owner_digest_created_at", "owner_digest", "created_at"),
        Index("ix_handoffs_state_created_at", "state", "created_at"),
        Index("ix_handoffs_told_at", "told_at"),
        CheckConstraint("state IN ('open', 'assigned', 'answered', 'closed')", name="state"),
        CheckConstraint("reply_to IN ('none', 'here', 'phone', 'email')", name="reply_to"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    reference: Mapped[str] = mapped_column(String(12), unique=True)
    request_key: Mapped[str] = mapped_column(String(64), unique=True)
    owner_digest: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str] = mapped_column(String(40))
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reply_to: Mapped[ReplyTo] = mapped_column(String(10))
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    assignee: Mapped[str | None] = mapped_column(String(MAX_NAME))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class HandoffStepRow(Base):
    """One step of a message: the state it came to, who did it and when.

    A reply of the office, and what the resident adds later, also has its encrypted text.
    """

    __tablename__ = "handoff_steps"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    handoff_id: Mapped[int] = mapped_column(ForeignKey("handoffs.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(MAX_NAME))
    state: Mapped[str] = mapped_column(String(10))
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
