"""Pages of the panel."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from api.panel.csrf import FIELD, STALE, csrf_token
from api.panel.delivery_words import DELIVERIES, EXCLUSIONS, failure
from api.panel.desk import desk
from api.panel.forms import form, query
from api.panel.menu import menu
from api.panel.visit import in_a_room, known
from api.panel.words import ROLES
from api.panel.writing import money
from content.format import plural, polish_moment, polish_span
from core.staff.account import Stage
from core.staff.sessions import IDLE

_templates = Jinja2Templates(Path(__file__).parent / "templates")


def page(request: Request, template: str, status: int = 200, /, **values: object) -> HTMLResponse:
    """Render a template with what every page needs."""
    used, visit = desk(request), known(request)
    is_in = visit is not None and visit.session.stage is Stage.IN
    context = {
        "city": used.city,
        "demo": used.demo,
        "account": visit.session.account if visit else None,
        "actor": visit.actor if visit else None,
        "csrf": csrf_token(visit.token) if visit else "",
        "menu": menu(request.state.rooms, visit.actor, request.url.path) if visit and is_in else (),
        **values,
    }
    return _templates.TemplateResponse(request, template, context, status)


def refusal_page(request: Request, status: int, sentence: str) -> HTMLResponse:
    """Show why a request is not served; on a page that is open, as a sentence in its place."""
    template = "fragments/fault.html" if "hx-request" in request.headers else "refused.html"
    return page(request, template, status, sentence=sentence)


async def again_page(request: Request) -> Response:
    """Show what was typed in a room, ready to be sent once more."""
    # A preview has nothing to keep: the page that asks for it must stay as it is.
    if "hx-request" in request.headers:
        return Response(status_code=204)
    if not in_a_room(request):
        return refusal_page(request, 403, STALE)
    fields = (await form(request)).all_but(FIELD)
    return page(request, "again.html", 403, path=request.url.path, fields=fields)


def saved(request: Request) -> str:
    """Return what a page before has just done, in a word of its room."""
    return query(request).raw("zapisano")


def _pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    """Return the options of a choice whose values are shown as they are."""
    return [(word, word) for word in words]


def _address(fields: Mapping[str, object], **more: object) -> str:
    """Return the fields of a filter for an address, without the empty ones."""
    return urlencode({name: value for name, value in {**fields, **more}.items() if value})


_templates.env.filters |= {
    "polish_moment": polish_moment,
    "polish_span": polish_span,
    "money": money,
    "pairs": _pairs,
    "address": _address,
}
_templates.env.globals |= {"roles": ROLES, "idle_minutes": int(IDLE.total_seconds() // 60), "plural": plural}
_templates.env.globals |= {"deliveries": DELIVERIES, "failure": failure, "exclusions": EXCLUSIONS}
