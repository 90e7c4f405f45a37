"""The calendar: what goes out, what takes place and what is shown, month by month."""

import re
from calendar import Calendar as Weeks
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date
from fastapi import Request, Response

from api.panel.announcements.shown import PATH, context
from api.panel.announcements.words import KINDS
from api.panel.desk import Desk
from api.panel.forms import query
from api.panel.rendering import page
from api.panel.routing import room_router
from api.panel.visit import Here, Used
from content.format import polish_hour
from core.clock import warsaw
from core.period import beginning_of
from core.staff.actor import Actor

router = room_router()

_MONTH = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Line:
    """Something on a day, as it is shown."""

    at: datetime
    hour: str
    kind: str
    title: str
    address: str


@router.get("/kalendarz")
async def month(request: Request, visit: Here, used: Used) -> Response:
    """Show a month, the present one unless another is asked for."""
    today = warsaw(used.clock.now()).date()
    first = _first_day(query(request).raw("miesiac")) or today.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    days = await _lines(visit.actor, used, beginning_of(first), beginning_of(after))
    return page(
        request,
        "announcements/calendar.html",
        weeks=Weeks().monthdatescalendar(first.year, first.month),
        days=days,
        month=first,
        title=format_date(first, "LLLL yyyy", locale="pl"),
        today=today,
        before=(first - timedelta(days=1)).replace(day=1),
        after=after,
        **context(used.newsroom),
    )


async def _lines(actor: Actor, used: Desk, start: datetime, end: datetime) -> Mapping[date, Sequence[Line]]:
    news = used.newsroom
    lines = [
        Line(entry.at, polish_hour(entry.at), KINDS[entry.kind], entry.title, f"{PATH}/{entry.announcement_id}")
        for entry in await news.calendar.between(actor, start, end)
    ]
    lines += [
        Line(row.starts_at, polish_hour(row.starts_at), "baner", row.text, f"{PATH}/baner")
        for row in await news.banners.between(actor, start, end)
    ]
    by_day: dict[date, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.at):
        by_day[warsaw(line.at).date()].append(line)
    return by_day


def _first_day(typed: str) -> date | None:
    found = _MONTH.fullmatch(typed)
    return date(int(found[1]), int(found[2]), 1) if found else None
