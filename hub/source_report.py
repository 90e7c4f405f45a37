"""What staff read of the live sources: when each last answered, how old its newest data are, what went wrong last."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from content.format import plural, polish_age, polish_moment
from content.sources.cityrss.errors import FeedBadDataError, FeedUnavailableError
from content.sources.eipa.errors import (
    EipaBadDataError,
    EipaRateLimitedError,
    EipaRefusedError,
    EipaUnavailableError,
)
from content.sources.gios.errors import (
    GiosBadDataError,
    GiosManualSensorError,
    GiosRateLimitedError,
    GiosUnavailableError,
)
from content.sources.status import SourceStatus
from content.topics.air.archive import ARCHIVE_SOURCE
from content.topics.air.service import CURRENT_SOURCE, DAYS_SOURCE, NOTICES_SOURCE
from content.topics.charging.service import LIVE_SOURCE, REGISTER_SOURCE
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
class _Source:
    """A source by the name of its record; `setting` is what must be given for it to be asked."""

    name: str
    title: str
    setting: str | None = None


_SOURCES = (
    _Source(CURRENT_SOURCE, "GIOŚ: bieżące pomiary powietrza"),
    _Source(NOTICES_SOURCE, "GIOŚ: powiadomienia o przekroczeniach"),
    _Source(DAYS_SOURCE, "GIOŚ: średnie dobowe"),
    _Source(ARCHIVE_SOURCE, "GIOŚ: archiwum pomiarów"),
    _Source(REGISTER_SOURCE, "EIPA: rejestr ładowarek", "EIPA_TOKEN"),
    _Source(LIVE_SOURCE, "EIPA: zajętość i ceny ładowarek", "EIPA_TOKEN"),
    _Source(NEWS_SOURCE, "Aktualności miasta (RSS)", "CITY_RSS_URL"),
)


def source_report(settings: Settings, statuses: Iterable[SourceStatus], now: datetime) -> str:
    """Return a paragraph for every source that the product knows."""
    known = {status.name: status for status in statuses}
    given = {
        "EIPA_TOKEN": bool(settings.eipa_token.get_secret_value()),
        "CITY_RSS_URL": bool(settings.city_rss_url),
    }
    return "\n\n".join("\n".join(_lines(source, known.get(source.name), given, now)) for source in _SOURCES)


def _lines(source: _Source, status: SourceStatus | None, given: Mapping[str, bool], now: datetime) -> Iterator[str]:
    if source.setting and not given[source.setting]:
        yield f"{source.title} – nieużywane, bo ustawienie {source.setting} jest puste"
        return
    yield f"{source.title} – {_state(status)}"
    if status is None:
        return
    answered = status.last_success_at
    yield f"  ostatnia odpowiedź: {_moment(answered, now) if answered else 'jeszcze żadnej nie było'}"
    if status.as_of:
        yield f"  najnowsze dane: {_moment(status.as_of, now)}"
    if status.last_error_at and status.last_error:
        name, _, detail = status.last_error.partition(": ")
        words = _WORDS.get(name)
        yield f"  ostatni błąd: {_moment(status.last_error_at, now)}: {words or 'nieznany błąd'}"
        yield f"  opis techniczny: {detail if words else status.last_error}"


def _state(status: SourceStatus | None) -> str:
    if status is None:
        return "jeszcze bez odpowiedzi"
    if not status.failures:
        return "działa"
    tries = plural(status.failures, "nieudana próba", "nieudane próby", "nieudanych prób")
    return f"nie działa: {status.failures} {tries}"


def _moment(moment: datetime, now: datetime) -> str:
    return f"{polish_moment(moment)} ({polish_age(now - moment)})"
