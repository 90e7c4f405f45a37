"""Table of the charging topic: what was last read of EIPA."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class ChargingCopy(Base):
    """The last good copy of one kind: `register` or `live`; `as_of` is EIPA's own time of it, moments in UTC."""

    __tablename__ = "charging_copies"

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    as_of: Mapped[datetime]
    fetched_at: Mapped[datetime]
    data: Mapped[dict[str, Any]]
