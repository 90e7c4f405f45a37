"""Table of the runs of regular jobs."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class JobRunRow(Base):
    """The last run of a job; `due_at` is the time it ran for, so that no process runs it for the same time again."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    failures: Mapped[int]
    error: Mapped[str | None] = mapped_column(String(60))
