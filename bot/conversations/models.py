"""Tables of conversations."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity


class ConversationRow(Base):
    """A conversation; its id outside is a secret of which only a keyed digest is stored."""

    __tablename__ = "conversations"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    channel: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[datetime]
    last_turn_at: Mapped[datetime] = mapped_column(index=True)
    context: Mapped[dict[str, Any]]


class TurnRow(Base):
    """One turn: what was asked (personal data masked), how it was understood and what was answered.

    `took_ms` is the time from the arrival of the message at the assistant to its answer; older turns have None.
    """

    __tablename__ = "turns"
    __table_args__ = (
        Index("ix_turns_conversation_id_id", "conversation_id", "id"),
        # Statistics read this index alone.
        Index("ix_turns_at", "at", "intent", "decision", "took_ms"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    asked: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(String(40))
    confidence: Mapped[float]
    decision: Mapped[str] = mapped_column(String(10))
    answered: Mapped[str] = mapped_column(Text)
    took_ms: Mapped[int | None]
