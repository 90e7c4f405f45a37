"""Table of notices to staff."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base
from core.database.partial_index import partial_index

MAX_SUBJECT = 200


class StaffNoticeRow(Base):
    """One thing that staff should know; the same `key` again only counts `times` up. `sent_at` is None until told."""

    __tablename__ = "staff_notices"
    __table_args__ = (
        partial_index("ix_staff_notices_waiting", "first_at", where="sent_at IS NULL"),
        Index("ix_staff_notices_sent_at", "sent_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    subject: Mapped[str] = mapped_column(String(MAX_SUBJECT))
    body: Mapped[str] = mapped_column(Text)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int]
    sent_at: Mapped[datetime | None]
