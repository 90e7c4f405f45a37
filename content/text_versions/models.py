"""Table of edited texts."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity

MAX_AUTHOR, MAX_NOTE = 80, 200
"""Longest name of a person and longest note, in characters."""


class TextVersionRow(Base):
    """One version of a text; `name` is "text" or a key of `more`, `value` None means the pack's own words again."""

    __tablename__ = "text_versions"
    __table_args__ = (UniqueConstraint("intent", "name", "version"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    intent: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    value: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(MAX_AUTHOR))
    note: Mapped[str] = mapped_column(String(MAX_NOTE))
    created_at: Mapped[datetime]
