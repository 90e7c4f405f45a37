"""Queries of the charging topic."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from content.topics.charging.live import LiveData
from content.topics.charging.models import ChargingCopy
from content.topics.charging.register import RegisterData

_REGISTER, _LIVE = "register", "live"


async def load_register_copy(session: AsyncSession) -> RegisterData | None:
    """Return the last good copy of the register."""
    row = await session.get(ChargingCopy, _REGISTER)
    return RegisterData.model_validate(row.data) if row else None


async def register_fetched_at(session: AsyncSession) -> datetime | None:
    """Return when the register was last read, in UTC."""
    row = await session.get(ChargingCopy, _REGISTER)
    return row.fetched_at if row else None


async def load_live(session: AsyncSession) -> LiveData:
    """Return the last good live states, nothing when there never were any."""
    row = await session.get(ChargingCopy, _LIVE)
    return LiveData.model_validate(row.data) if row else LiveData()


async def save(session: AsyncSession, data: RegisterData | LiveData, as_of: datetime, now: datetime) -> None:
    """Replace the copy of the register, or the live states."""
    kind = _REGISTER if isinstance(data, RegisterData) else _LIVE
    await session.merge(ChargingCopy(kind=kind, as_of=as_of, fetched_at=now, data=data.model_dump(mode="json")))
    await session.flush()
