"""Every live source that the product reads: its title, the job that asks it, how old its answer may be, its faults."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from content.sources.cityrss.errors import FeedBadDataError, FeedUnavailableError
from content.sources.eipa.errors import EipaBadDataError, EipaRateLimitedError, EipaRefusedError, EipaUnavailableError
from content.sources.gios.errors import (
    GiosBadDataError,
    GiosManualSensorError,
    GiosRateLimitedError,
    GiosUnavailableError,
)
from content.topics.air.archive import ARCHIVE_SOURCE
from content.topics.air.service import CURRENT_SOURCE, DAYS_SOURCE, NOTICES_SOURCE
from content.topics.air.snapshot import STALE_AFTER as AIR_STALE_AFTER
from content.topics.charging.service import LIVE_SOURCE, REGISTER_SOURCE
from content.topics.events.bulletin import STALE_AFTER as NEWS_STALE_AFTER
from content.topics.events.news import NEWS_SOURCE
from core.errors import SourceError
from core.settings import Settings

_AWAY = "źródło nie odpowiada albo ma awarię"
_TOO_OFTEN = "źródło odmawia odpowiedzi, bo pytań było za dużo"
_UNREADABLE = "odpowiedzi źródła nie da się odczytać"
_FAULTS: Mapping[type[SourceError], str] = {
    GiosUnavailableError: _AWAY,
    GiosRateLimitedError: _TOO_OFTEN,
    GiosManualSensorError: "stanowisko nie podaje bieżących pomiarów",
    GiosBadDataError: _UNREADABLE,
    EipaUnavailableError: _AWAY,
    EipaRefusedError: "źródło nie przyjmuje tokenu z ustawienia EIPA_TOKEN",
    EipaRateLimitedError: _TOO_OFTEN,
    EipaBadDataError: _UNREADABLE,
    FeedUnavailableError: _AWAY,
    FeedBadDataError: _UNREADABLE,
}
_WORDS = {error.__name__: words for error, words in _FAULTS.items()}


@dataclass(frozen=True)
class KnownSource:
    """A source by the name of its record, and the regular job that asks it.

    `setting` is what must be given for it to be asked. A last answer older than `limit` needs somebody to look; None
    where the source is asked only for what is missing.
    """

    name: str
    title: str
    job: str
    limit: timedelta | None
    setting: str | None = None

    def is_outdated(self, last_answer: datetime, now: datetime) -> bool:
        """Whether the last answer is so old that somebody needs to look."""
        return self.limit is not None and now - last_answer > self.limit


KNOWN_SOURCES = (
    KnownSource(CURRENT_SOURCE, "GIOŚ: bieżące pomiary powietrza", "air", AIR_STALE_AFTER),
    KnownSource(NOTICES_SOURCE, "GIOŚ: powiadomienia o przekroczeniach", "air", AIR_STALE_AFTER),
    KnownSource(DAYS_SOURCE, "GIOŚ: średnie dobowe", "air", AIR_STALE_AFTER),
    KnownSource(ARCHIVE_SOURCE, "GIOŚ: archiwum pomiarów", "air archive", None),
    # Downloaded once a day at most; the day after, one download may fail.
    KnownSource(REGISTER_SOURCE, "EIPA: rejestr ładowarek", "chargers", timedelta(hours=48), "EIPA_TOKEN"),
    KnownSource(LIVE_SOURCE, "EIPA: zajętość i ceny ładowarek", "states of chargers", timedelta(hours=1), "EIPA_TOKEN"),
    KnownSource(NEWS_SOURCE, "Aktualności miasta (RSS)", "city news", NEWS_STALE_AFTER, "CITY_RSS_URL"),
)


def given_settings(settings: Settings) -> dict[str, bool]:
    """Return whether each setting that a source needs is given."""
    names = {source.setting for source in KNOWN_SOURCES if source.setting}
    return {name: bool(getattr(settings, name.lower())) for name in names}


def fault_words(last_error: str) -> tuple[str, str]:
    """Return the recorded error of a source in plain words, and its technical part."""
    name, _, detail = last_error.partition(": ")
    words = _WORDS.get(name)
    return (words, detail) if words else ("nieznany błąd", last_error)
