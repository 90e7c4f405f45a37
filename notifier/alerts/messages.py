"""What residents are told about smog: neutral messages, the same on every channel."""

from dataclasses import dataclass
from datetime import date, datetime

from content.format import polish_moment
from content.pack import City
from content.texts import Texts
from notifier.alerts.rules import AlertRules, Template


@dataclass(frozen=True)
class AlertMessage:
    """A message to the subscribers of smog; `level` is None for the all-clear, `expires_at` in UTC.

    The same `key` always means the same message: `alert:<episode>:<level or "clear">:<Polish day>`.
    """

    key: str
    level: int | None
    title: str
    body: str
    expires_at: datetime
    sample: bool


@dataclass(frozen=True)
class Reading:
    """The official level of a station at an hour; `sample` marks data that are no measurement."""

    level: int
    at: datetime
    sample: bool


class AlertWriter:
    """Fills the templates of the rules."""

    def __init__(self, rules: AlertRules, texts: Texts, city: City) -> None:
        self._rules = rules
        self._level_name = texts["air_quality_now"].say
        self._station = city.air_station.name

    def alert(self, episode_id: int, reading: Reading, now: datetime, day: date) -> AlertMessage:
        """Return the alert for a bad reading."""
        key = f"alert:{episode_id}:{reading.level}:{day.isoformat()}"
        return self._message(key, reading.level, self._rules.alerts[reading.level], reading, now)

    def all_clear(self, episode_id: int, reading: Reading, now: datetime, day: date) -> AlertMessage:
        """Return the message that the episode is over."""
        return self._message(f"alert:{episode_id}:clear:{day.isoformat()}", None, self._rules.all_clear, reading, now)

    def _message(
        self, key: str, level: int | None, template: Template, reading: Reading, now: datetime
    ) -> AlertMessage:
        rules = self._rules
        title = rules.sample_title.format(title=template.title) if reading.sample else template.title
        body = template.body.format(
            attribution=rules.sample_attribution if reading.sample else rules.attribution,
            level=self._level_name(f"level_{reading.level}"),
            moment=polish_moment(reading.at),
            station=self._station,
        )
        return AlertMessage(key, level, title, body, now + rules.lasts, reading.sample)
