"""The periods as a process knows them: read again and again, so that no answer and no page asks the database."""

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from core.retention.service import Retention


class KeptDays(Protocol):
    """For how many days what residents write is kept."""

    @property
    def conversation_days(self) -> int:
        """Days after the last message of a conversation."""
        ...

    @property
    def handoff_days(self) -> int:
        """Days after the end of a message left for the office."""
        ...


class CurrentPeriods:
    """The present periods; until the first look they are those of the settings."""

    def __init__(self, retention: Retention) -> None:
        self._retention = retention
        self._days = retention.defaults()

    async def refresh(self, session: AsyncSession) -> None:
        """Read what staff set meanwhile."""
        self._days = {period.kind.name: period.days for period in await self._retention.read(session)}

    @property
    def conversation_days(self) -> int:
        """Days after the last message of a conversation."""
        return self._days["conversations"]

    @property
    def handoff_days(self) -> int:
        """Days after the end of a message left for the office."""
        return self._days["handoffs"]

    @property
    def contact_days(self) -> int:
        """Days after the end of a consent that its proof is kept."""
        return self._days["contacts"]

    @property
    def delivery_days(self) -> int:
        """Days after a message was sent that this is known."""
        return self._days["deliveries"]

    @property
    def suppression_days(self) -> int:
        """Days after a refusal that the digest of its address is kept, never fewer than the proof of the consent."""
        return max(self._days["suppressions"], self.contact_days)
