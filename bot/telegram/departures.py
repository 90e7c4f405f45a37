"""Who took the bot away: residents, whose notifications begin again only when they agree anew, and city channels."""

from core.clock import Clock
from core.database import Database
from notifier.staff_notices.service import StaffNotices
from notifier.subscriptions.city_channels import CityChannels
from notifier.subscriptions.service import Subscriptions
from notifier.subscriptions.suppression import end_gone

_CHANNEL = "telegram"


class Departures:
    """Knows whose notifications ended because the bot could no longer write to them."""

    def __init__(self, database: Database, subscriptions: Subscriptions, clock: Clock, notices: StaffNotices) -> None:
        self._database = database
        self._subscriptions = subscriptions
        self._clock = clock
        self._notices = notices
        self._channels = CityChannels(subscriptions, clock)

    async def left(self, chat_id: int) -> None:
        """End the notifications of a private chat whose owner blocked the bot."""
        async with self._database.write() as session:
            contact = await self._subscriptions.contact(session, _CHANNEL, str(chat_id), lock=True)
            if contact is not None and contact.state == "active":
                await end_gone(session, [contact.id], self._clock.now())

    async def lost_channel(self, name: str) -> None:
        """End a channel of the city that the bot was taken off, and tell staff."""
        async with self._database.write() as session:
            is_ours = await self._channels.lost(session, name)
        if is_ours:
            await self._notices.refused_by_provider(_CHANNEL, "city_channel_lost")

    async def has_left(self, chat_id: int) -> bool:
        """Check whether notifications of a private chat ended in that way and were not taken up again."""
        async with self._database.read() as session:
            contact = await self._subscriptions.contact(session, _CHANNEL, str(chat_id))
        return contact is not None and contact.state == "gone"
