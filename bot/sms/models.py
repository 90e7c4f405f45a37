"""Table of answered SMS, so that a message that is delivered twice is answered once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class SmsReplyRow(Base):
    """The answer to one SMS; message and sender are keyed digests.

    `text` is missing while the answer is made, and empty where silence was the answer.
    """

    __tablename__ = "sms_replies"
    __table_args__ = (Index("ix_sms_replies_sender_received_at", "sender", "received_at"),)

    message: Mapped[str] = mapped_column(String(64), primary_key=True)
    sender: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime] = mapped_column(index=True)
    text: Mapped[str | None] = mapped_column(Text)
    choices: Mapped[dict[str, Any]]
