"""Table of the outbox on the screen."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity


class OutboxRow(Base):
    """A message that would have been sent; of the recipient only the last characters are kept.

    `delivery_id` is None for what is no delivery, such as a notice to staff.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    delivery_id: Mapped[int | None] = mapped_column(Identity, unique=True)
    channel: Mapped[str] = mapped_column(String(20))
    recipient: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)
