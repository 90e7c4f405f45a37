"""Table of what was spent."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class SpendingRow(Base):
    """Paid parts handed to a channel's provider on one Polish day."""

    __tablename__ = "spending"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    parts: Mapped[int]
