"""Table of running processes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

MAX_HOST = 80
"""Longest name of a machine, in characters."""


class ProcessRow(Base):
    """A process as it last described itself at `seen_at`; one that ended in order has no row any more.

    `roles` are its parts, such as "web"; `facts` are what it said of itself, flat and without personal data.
    """

    __tablename__ = "processes"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    host: Mapped[str] = mapped_column(String(MAX_HOST))
    pid: Mapped[int]
    roles: Mapped[list[str]] = mapped_column(JSON)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
