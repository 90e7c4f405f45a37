"""The table of how fresh each source of live data is."""

from collections.abc import Sequence
from datetime import datetime

from api.panel.numbers.table import Cell, Table, numbers, words
from api.panel.writing import NOTHING, duration
from content.format import polish_moment
from content.known_sources import KNOWN_SOURCES, KnownSource
from content.sources.status import SourceStatus


def freshness(statuses: Sequence[SourceStatus], now: datetime) -> Table:
    """Return the sources that were asked, in the order in which the product names them."""
    known = {status.name: status for status in statuses}
    columns = (
        words("źródło"),
        words("stan"),
        words("ostatnia odpowiedź"),
        words("od tego czasu"),
        words("może mieć"),
        words("najnowsze dane z"),
        numbers("nieudane próby z rzędu"),
    )
    rows = [_cells(source, known[source.name], now) for source in KNOWN_SOURCES if source.name in known]
    return Table("Świeżość źródeł danych", columns, rows, "Żadne źródło nie było jeszcze pytane.")


def _cells(source: KnownSource, status: SourceStatus, now: datetime) -> list[Cell]:
    answered = status.last_success_at
    return [
        Cell(source.title),
        Cell(_state(source, answered, now)),
        Cell(polish_moment(answered) if answered else "jeszcze żadnej"),
        Cell(duration(now - answered if answered else None)),
        Cell(duration(source.limit)),
        Cell(polish_moment(status.as_of) if status.as_of else NOTHING),
        Cell(str(status.failures)),
    ]


def _state(source: KnownSource, answered: datetime | None, now: datetime) -> str:
    if answered is None:
        return "jeszcze bez odpowiedzi"
    return "nieaktualne" if source.is_outdated(answered, now) else "świeże"
