"""How long data is kept: the periods, what a change would delete, and the change."""

from dataclasses import dataclass

from fastapi import Request, Response

from api.panel.addresses import HOME
from api.panel.desk import Desk
from api.panel.forms import Fields, form
from api.panel.refusals import GoTo
from api.panel.rendering import page, saved
from api.panel.retention.words import kind_words
from api.panel.room import Room
from api.panel.routing import room_router
from api.panel.visit import Fresh, Here, Used
from content.format import plural
from core.retention.kind import Kind
from core.staff.actor import Actor
from core.staff.permissions import Permission

router = room_router()

ROOM = Room(
    "Przechowywanie danych",
    "Jak długo są przechowywane rozmowy, sprawy, zgody i zapisy.",
    "/przechowywanie",
    Permission.MANAGE_RETENTION,
    router,
)
_SAVED = {"okresy": "Okresy są zapisane. Starsze dane zostaną usunięte najbliższej nocy."}


@router.get("")
async def periods(request: Request, visit: Here, used: Used) -> Response:
    """Show the period of every kind of data."""
    return await _page(request, visit.actor, used, saved=_SAVED.get(saved(request)))


@router.post("/podglad")
async def preview(request: Request, visit: Here, used: Used) -> Response:
    """Show what the typed periods would delete, before they are saved."""
    typed = await _typed(await form(request), used)
    if typed.faults:
        return await _page(request, visit.actor, used, 422, typed=typed.texts, faults=typed.faults)
    current = {period.kind.name: period.days for period in await used.retention.periods()}
    changed = {name: days for name, days in typed.days.items() if days != current.get(name)}
    if not changed:
        return await _page(request, visit.actor, used, 422, fault="Żaden okres nie jest zmieniony.")
    would_go = await used.retention.preview(visit.actor, changed)
    shown = {"changed": changed, "current": current, "would_go": would_go, "kind_words": kind_words}
    return page(request, "retention/preview.html", **shown, days_words=days_words)


@router.post("")
async def change(request: Request, visit: Fresh, used: Used) -> Response:
    """Save periods whose preview was shown."""
    typed = await _typed(await form(request), used)
    if typed.faults:
        return await _page(request, visit.actor, used, 422, typed=typed.texts, faults=typed.faults)
    await used.retention.change(visit.actor, typed.days)
    raise GoTo(f"{HOME}{ROOM.path}?zapisano=okresy")


def days_words(days: int) -> str:
    """Return a number of days as people say it."""
    return f"{days} {plural(days, 'dzień', 'dni', 'dni')}"


@dataclass(frozen=True)
class _Typed:
    """What was typed, by the kind of data: as it was, as days, and what is wrong with it."""

    texts: dict[str, str]
    days: dict[str, int]
    faults: dict[str, str]


async def _typed(fields: Fields, used: Desk) -> _Typed:
    kinds = {period.kind.name: period.kind for period in await used.retention.periods() if not period.kind.is_fixed}
    texts = {name: fields.text(name) for name in kinds if fields.every(name)}
    days = {name: int(text) for name, text in texts.items() if _fits(kinds[name], text)}
    faults = {name: _bounds(kinds[name]) for name in texts if name not in days}
    return _Typed(texts, days, faults)


def _fits(kind: Kind, text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6 and kind.least <= int(text) <= kind.most


def _bounds(kind: Kind) -> str:
    return f"Proszę wpisać liczbę dni od {kind.least} do {kind.most}."


async def _page(request: Request, actor: Actor, used: Desk, status: int = 200, /, **values: object) -> Response:
    listed = await used.retention.periods()
    due = await used.retention.preview(actor, {period.kind.name: period.days for period in listed})
    shown = {"periods": listed, "due": due, "kind_words": kind_words, "days_words": days_words, **values}
    return page(request, "retention/retention.html", status, **shown)
