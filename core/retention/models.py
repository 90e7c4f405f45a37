"""Table of the periods that staff set; a kind without a row is kept for as long as the product's settings say."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from core.audit.models import MAX_ACTOR
from core.database import Base

MAX_KIND = 20
"""Longest name of a kind of data, in characters."""


class PeriodRow(Base):
    """How many days one kind of data is kept, and who set it when."""

    __tablename__ = "retention_periods"
    __table_args__ = (CheckConstraint("days > 0", name="days"),)

    kind: Mapped[str] = mapped_column(String(MAX_KIND), primary_key=True)
    days: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(MAX_ACTOR))
