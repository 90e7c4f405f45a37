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


async def save_register(session: AsyncSession, data: RegisterData, as_of: datetime, now: datetime) -> None:
    """Replace the copy of the register."""
    await _save(session, ChargingCopy(kind=_REGISTER, as_of=as_of, fetched_at=now, data=data.model_dump(mode="json")))


async def save_live(session: AsyncSession, data: LiveData, as_of: datetime, now: datetime) -> None:
    """Replace the live states."""
    await _save(session, ChargingCopy(kind=_LIVE, as_of=as_of, fetched_at=now, data=data.model_dump(mode="json")))


async def _save(session: AsyncSession, copy: ChargingCopy) -> None:
    await session.merge(copy)
    await session.flush()
