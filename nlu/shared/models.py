"""Table of what the processes of the language model and the panels tell each other."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class SharedModelsRow(Base):
    """The only row, of `id` 1: `current` and `previous` are in service, `records` are those of nlu.record.

    `version` grows with each change, so that whoever follows sees that somebody else changed something.
    """

    __tablename__ = "shared_models"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    current: Mapped[str | None] = mapped_column(String(16))
    previous: Mapped[str | None] = mapped_column(String(16))
    records: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    changed_at: Mapped[datetime]
