"""How a page is made: templates with what every page needs."""

from datetime import date, datetime
from http import HTTPStatus
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from api.dependencies import Services, running_services
from api.pages.links import with_links
from api.pages.routing import shown_notices
from api.web import page_texts, widget_settings
from content.charts import NARROW, WIDE
from content.format import decimal, plural, polish_date, polish_moment, polish_span
from core.clock import warsaw

_API = Path(__file__).parents[1]
STATIC = _API / "static"

_MENU = (
    ("/powietrze", "Powietrze"),
    ("/dotacje", "Dotacje"),
    ("/ladowarki", "Ładowarki"),
    ("/wydarzenia", "Wydarzenia"),
    ("/komunikaty", "Komunikaty"),
    ("/powiadomienia", "Powiadomienia"),
)


def web_address(address: str | None) -> str | None:
    """Return an address that may be a link, None for anything but http and https."""
    return address if address and address.startswith(("https://", "http://")) else None


def local_moment(moment: str | datetime | None) -> str:
    """Return „22.11.2026, 20:00” for a moment, also for one that travelled as ISO text; empty for none."""
    if moment is None:
        return ""
    return polish_moment(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)


def local_day(day: str | date | None) -> str:
    """Return „22.11.2026” for a day or the day of a moment, also for ISO text; empty for none."""
    if day is None:
        return ""
    read = datetime.fromisoformat(day) if isinstance(day, str) else day
    return polish_date(warsaw(read).date() if isinstance(read, datetime) and read.tzinfo else read)


_templates = Jinja2Templates(_API / "templates")
_templates.env.filters |= {
    "decimal": decimal,
    "local_day": local_day,
    "local_moment": local_moment,
    "polish_date": polish_date,
    "polish_moment": polish_moment,
    "polish_span": polish_span,
    "web_address": web_address,
    "with_links": with_links,
}
_templates.env.globals |= {"wide": WIDE, "narrow": NARROW, "menu": _MENU, "plural": plural}


def page(request: Request, used: Services, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """Render a template with what every page needs."""
    context = {
        "city": used.city,
        "demo": used.demo,
        "assistant": widget_settings(used.city, used.web),
        "texts": page_texts(used.city),
        **values,
    }
    return _templates.TemplateResponse(request, template, context, status)


async def error_page(request: Request, status: int, detail: str) -> HTMLResponse:
    """Show an error to a person in a browser; one of ours asks no database for what stands above other pages."""
    used = running_services(request)
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        await shown_notices(request, used)
    title = "Nie ma takiej strony" if status == HTTPStatus.NOT_FOUND else "Coś poszło nie tak"
    return page(request, used, "error.html", status, title=title, detail=detail)
