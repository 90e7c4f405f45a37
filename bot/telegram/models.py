"""Tables of the Telegram channel."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class State(StrEnum):
    """How far an update has come; the last two are final."""

    RECEIVED = "received"
    ANSWERING = "answering"
    ANSWERED = "answered"
    FAILED = "failed"


class UpdateRow(Base):
    """An update from Telegram under its own id; once it is final, everything personal in it is gone.

    `due_at` is when it may be taken up (again): at once, after a pause, or when whoever answers it has died.
    `answer` holds the messages to send as soon as they are known, `sent` how many of them went out.
    """

    __tablename__ = "telegram_updates"
    __table_args__ = (Index("ix_telegram_updates_state_chat_id", "state", "chat_id"),)

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(10))
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    raw: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    answer: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    sent: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer)
    received_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime]


class PayloadRow(Base):
    """A button's payload that is too long for Telegram, under the key that travels in its place."""

    __tablename__ = "telegram_payloads"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    payload: Mapped[str] = mapped_column(Text)
    offered_at: Mapped[datetime] = mapped_column(index=True)
