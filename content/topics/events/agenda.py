"""The coming events: those of the city pack and those that staff published."""

from content.periods import resolve
from content.topics.events.event import Event
from content.topics.events.published import PublishedEvents
from core.clock import Clock


class Agenda:
    """Knows which events are still to come."""

    def __init__(self, pack: tuple[Event, ...], published: PublishedEvents, clock: Clock) -> None:
        self._pack = pack
        self._published = published
        self._clock = clock

    async def coming(self) -> tuple[Event, ...]:
        """Return the confirmed events that are not over, the soonest first; staff's word replaces the pack's."""
        return tuple(event for event in await self.for_calendars() if not event.is_called_off)

    async def for_calendars(self) -> tuple[Event, ...]:
        """Return the same with those called off, of which whoever noted them has to hear."""
        by_id = {event.id: event for event in (*self._pack, *await self._published.events())}
        now = self._clock.now()
        open_events = (event for event in by_id.values() if event.is_confirmed and event.over_at > now)
        return tuple(sorted(open_events, key=lambda event: (event.starts_at, event.id)))

    def within(self, events: tuple[Event, ...], period_id: str) -> tuple[Event, ...]:
        """Return those of the events that take place in a period; an unknown period holds them all."""
        period = resolve(period_id, self._clock.now())
        if period is None:
            return events
        return tuple(event for event in events if event.starts_at < period.end and event.over_at > period.start)
