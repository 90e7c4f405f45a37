"""Table of banners."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity

MAX_TEXT, MAX_NAME = 300, 80
"""Longest text of a banner and name of a person, in characters."""


class BannerRow(Base):
    """A banner, shown from `starts_at` until `ends_at` once a second person approved it; moments in UTC."""

    __tablename__ = "banners"
    __table_args__ = (
        CheckConstraint("level IN ('info', 'warning', 'danger')", name="level"),
        CheckConstraint("approved_by <> created_by", name="four_eyes"),
        CheckConstraint("starts_at < ends_at", name="times"),
        Index("ix_banners_ends_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    text: Mapped[str] = mapped_column(String(MAX_TEXT))
    level: Mapped[str] = mapped_column(String(10))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(MAX_NAME))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(String(MAX_NAME))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(MAX_NAME))
