"""Figures of a period on three pages, and the lists behind them."""

from collections.abc import Mapping

from fastapi import Request, Response

from api.panel.forms import query
from api.panel.numbers import charts, files, reach_tables, service, talk_tables, tiles
from api.panel.numbers.behind import messages_behind
from api.panel.numbers.links import PATH
from api.panel.numbers.period_choice import USUAL
from api.panel.numbers.reading import Reading
from api.panel.numbers.source_tables import freshness
from api.panel.numbers.words import TOPICS
from api.panel.refusals import NOT_HERE, Refused
from api.panel.rendering import page
from api.panel.room import Room
from api.panel.routing import room_router
from api.panel.visit import Here, Used
from api.panel.writing import money
from content.format import polish_date
from core.clock import warsaw
from core.staff.permissions import Permission

_TABS: Mapping[str, str] = {"": "Rozmowy", "/powiadomienia": "Powiadomienia", "/zrodla": "Źródła danych"}

router = room_router()
router.include_router(files.router)


@router.get("")
async def talks(request: Request, visit: Here, used: Used) -> Response:
    """Show what residents asked and how they were served."""
    reading = Reading.of(request, visit, used)
    if reading.choice.fault:
        return _shown(request, reading, "talks.html", 422)
    figures = await reading.talks()
    since = figures.complete_since
    return _shown(
        request,
        reading,
        "talks.html",
        tiles=tiles.of_talks(figures, reading.links),
        chart=charts.questions(figures, reading.period),
        tables={name: table(figures, reading.links) for name, table in talk_tables.TABLES.items()},
        incomplete=polish_date(warsaw(since).date()) if since > reading.period.since else "",
    )


@router.get("/temat/{topic}")
async def topic(topic: str, request: Request, visit: Here, used: Used) -> Response:
    """Show the questions of a topic."""
    reading = Reading.of(request, visit, used)
    if topic not in TOPICS:
        raise Refused(404, NOT_HERE)
    if reading.choice.fault:
        return _shown(request, reading, "topic.html", 422, topic=topic, title=TOPICS[topic])
    table = talk_tables.by_intent(await reading.talks(), reading.links, topic)
    return _shown(request, reading, "topic.html", topic=topic, title=TOPICS[topic], table=table)


@router.get("/powiadomienia")
async def reach(request: Request, visit: Here, used: Used) -> Response:
    """Show who wants messages and what became of those sent."""
    reading = Reading.of(request, visit, used)
    if reading.choice.fault:
        return _shown(request, reading, "reach.html", 422)
    found = await reading.reach()
    return _shown(
        request,
        reading,
        "reach.html",
        tiles=tiles.of_reach(found.figures, used.sms_price),
        chart=charts.spending(found, reading.period),
        tables={name: table(found) for name, table in reach_tables.TABLES.items()},
        price=money(used.sms_price.amount),
    )


@router.get("/wiadomosci")
async def messages(request: Request, visit: Here, used: Used) -> Response:
    """Show the messages of the city behind a figure."""
    reading, fields = Reading.of(request, visit, used), query(request)
    table = messages_behind(await reading.sent(), reading.links, fields)
    days = polish_date(reading.period.first), polish_date(reading.period.last)
    named = {name: fields.text(name) for name in ("kanal", "powod", "wynik")}
    return _shown(request, reading, "messages.html", table=table, days=days, named=named)


@router.get("/zrodla")
async def sources(request: Request, visit: Here, used: Used) -> Response:
    """Show how fresh the live data are."""
    reading = Reading.of(request, visit, used)
    table = freshness(await service.sources(used, visit.actor), used.clock.now())
    return _shown(request, reading, "sources.html", table=table)


ROOM = Room(
    "Liczby",
    "Ile pytań i odpowiedzi, kto dostaje wiadomości, ile to kosztuje.",
    "/liczby",
    Permission.READ_NUMBERS,
    router,
)


def _shown(request: Request, reading: Reading, template: str, status: int = 200, /, **values: object) -> Response:
    here, period = request.url.path, f"?{reading.choice.address}" if reading.choice.period else ""
    tabs = [(f"{PATH}{path}{period}", title) for path, title in _TABS.items()]
    shown = {"choice": reading.choice, "usual": USUAL, "tabs": tabs, "tab": here + period, "path": PATH, "here": here}
    return page(request, f"numbers/{template}", status, **shown, fault=reading.choice.fault, **values)
