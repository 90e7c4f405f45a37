"""Table of announcements."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity

MAX_TITLE, MAX_BODY, MAX_NAME = 120, 1000, 80
"""Longest title, text and name of a person, in characters."""


class AnnouncementRow(Base):
    """An announcement; `content_hash` is of the title and text that were approved, None before the approval."""

    __tablename__ = "announcements"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'submitted', 'approved', 'published')", name="state"),
        CheckConstraint("approved_by <> created_by", name="four_eyes"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    body: Mapped[str] = mapped_column(String(MAX_BODY))
    state: Mapped[str] = mapped_column(String(10))
    content_hash: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(MAX_NAME))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(String(MAX_NAME))
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"), unique=True)
