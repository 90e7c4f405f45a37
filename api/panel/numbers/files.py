"""Every table of figures as a CSV file."""

from fastapi import Request, Response

from api.panel.forms import query
from api.panel.numbers import reach_tables, service, talk_tables
from api.panel.numbers.behind import messages_behind
from api.panel.numbers.reading import Reading
from api.panel.numbers.source_tables import freshness
from api.panel.numbers.table import Table
from api.panel.numbers.words import TOPICS
from api.panel.refusals import NOT_HERE, Refused
from api.panel.routing import room_router
from api.panel.tables import csv_file
from api.panel.visit import Here, Used

router = room_router()
_SOURCES, _TOPIC, _MESSAGES = "zrodla", "pytania-tematu", "wiadomosci"


@router.get("/csv/{name}")
async def file(name: str, request: Request, visit: Here, used: Used) -> Response:
    """Return a table of the chosen period."""
    reading = Reading.of(request, visit, used)
    table = await _table(name, reading, request)
    return csv_file(f"{name}-{reading.period.first}-{reading.period.last}.csv", table.headings, table.texts)


async def _table(name: str, reading: Reading, request: Request) -> Table:
    if name in talk_tables.TABLES:
        return talk_tables.TABLES[name](await reading.talks(), reading.links)
    if name in reach_tables.TABLES:
        return reach_tables.TABLES[name](await reading.reach())
    if name == _SOURCES:
        return freshness(await service.sources(reading.used, reading.visit.actor), reading.used.clock.now())
    fields = query(request)
    if name == _TOPIC and (topic := fields.text("temat")) in TOPICS:
        return talk_tables.by_intent(await reading.talks(), reading.links, topic)
    if name == _MESSAGES:
        return messages_behind(await reading.sent(), reading.links, fields)
    raise Refused(404, NOT_HERE)
