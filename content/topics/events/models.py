"""Table of the events topic: the city's news as last read."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class NewsCopy(Base):
    """The last good reading of one feed, by the digest of its address; moments in UTC.

    `checked_at` moves on with every answer of the server, also with „not changed”.
    """

    __tablename__ = "news_copies"

    feed: Mapped[str] = mapped_column(String(64), primary_key=True)
    etag: Mapped[str | None] = mapped_column(String(300))
    last_modified: Mapped[str | None] = mapped_column(String(300))
    checked_at: Mapped[datetime]
    data: Mapped[dict[str, Any]]
