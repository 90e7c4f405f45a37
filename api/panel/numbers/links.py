"""Where a figure leads: to the list behind it, for those who may read that list."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from api.panel.addresses import HOME
from api.panel.numbers.period_choice import Choice
from core.period import Period
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.deliveries.states import DeliveryState
from notifier.statistics.repository import Published

PATH = f"{HOME}/liczby"
_TALKS = f"{HOME}/rozmowy"
_ANNOUNCEMENTS = f"{HOME}/komunikaty"


@dataclass(frozen=True)
class Links:
    """Addresses for a visitor; one that they may not open is empty."""

    actor: Actor
    choice: Choice
    period: Period

    def talks(self, day: date | None = None, **fields: str) -> str:
        """Return the list of a day's conversations, or the period's, narrowed down by fields of its filter."""
        if not self.actor.may(Permission.READ_TRANSCRIPTS):
            return ""
        days = {"od": (day or self.period.first).isoformat(), "do": (day or self.period.last).isoformat()}
        return f"{_TALKS}?{urlencode({**fields, **days})}"

    def topic(self, topic: str) -> str:
        """Return the page of a topic."""
        return f"{PATH}/temat/{quote(topic)}?{self.choice.address}"

    def failure(self, channel: str, reason: str) -> str:
        """Return the list of messages that a reason struck."""
        return self._messages({"kanal": channel, "powod": reason})

    def outcome(self, channel: str, state: DeliveryState) -> str:
        """Return the list of messages with deliveries in a state."""
        return self._messages({"kanal": channel, "wynik": state.value})

    def messages_of_day(self, day: date) -> str:
        """Return the figures of the messages of one day."""
        return f"{PATH}/powiadomienia?{urlencode({'od': day.isoformat(), 'do': day.isoformat()})}#komunikaty"

    def announcement(self, broadcast: Published) -> str:
        """Return the page of an announcement; alerts and reminders have none."""
        may = self.actor.may(Permission.READ_ANNOUNCEMENTS) and broadcast.announcement_id is not None
        return f"{_ANNOUNCEMENTS}/{broadcast.announcement_id}" if may else ""

    def _messages(self, fields: dict[str, str]) -> str:
        return f"{PATH}/wiadomosci?{urlencode(fields)}&{self.choice.address}"
