"""What staff read of the live sources: when each last answered, how old its newest data are, what went wrong last."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from content.format import plural, polish_age, polish_moment
from content.known_sources import KNOWN_SOURCES, KnownSource, fault_words, given_settings
from content.sources.status import SourceStatus
from core.settings import Settings


def source_report(settings: Settings, statuses: Iterable[SourceStatus], now: datetime) -> str:
    """Return a paragraph for every source that the product knows."""
    known = {status.name: status for status in statuses}
    given = given_settings(settings)
    return "\n\n".join("\n".join(_lines(source, known.get(source.name), given, now)) for source in KNOWN_SOURCES)


def _lines(source: KnownSource, status: SourceStatus | None, given: Mapping[str, bool], now: datetime) -> Iterator[str]:
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
        words, detail = fault_words(status.last_error)
        yield f"  ostatni błąd: {_moment(status.last_error_at, now)}: {words}"
        yield f"  opis techniczny: {detail}"


def _state(status: SourceStatus | None) -> str:
    if status is None:
        return "jeszcze bez odpowiedzi"
    if not status.failures:
        return "działa"
    tries = plural(status.failures, "nieudana próba", "nieudane próby", "nieudanych prób")
    return f"nie działa: {status.failures} {tries}"


def _moment(moment: datetime, now: datetime) -> str:
    return f"{polish_moment(moment)} ({polish_age(now - moment)})"
