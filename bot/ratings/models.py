"""Table of ratings."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity

MAX_COMMENT = 300
"""Longest comment of a resident, in characters."""


class RatingRow(Base):
    """The latest rating of a turn; personal data in `comment` is masked. It is deleted with its turn."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("reason IN ('wrong', 'off_topic', 'unclear')", name="reason"),
        Index("ix_ratings_helpful_at", "helpful", "at"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), unique=True)
    helpful: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(10))
    comment: Mapped[str | None] = mapped_column(String(MAX_COMMENT))
    at: Mapped[datetime]
