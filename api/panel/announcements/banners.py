"""The banner above every page of the city: written by one person, approved by another, taken down by anybody here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from fastapi import Request, Response

from api.panel.announcements.moments import field_moment
from api.panel.announcements.shown import APPROVING, PATH, RUNNING, WRITING, context
from api.panel.desk import Desk
from api.panel.forms import form, number
from api.panel.refusals import GoTo, Refused
from api.panel.rendering import page, saved
from api.panel.routing import room_router
from api.panel.visit import Fresh, Here, Used, Visit
from core.staff.permissions import Permission
from notifier.banners import errors
from notifier.banners.models import MAX_TEXT, BannerRow
from notifier.banners.service import LONGEST, Level, NewBanner

router = room_router()

LEVELS: Mapping[Level, str] = {
    Level.INFO: "Informacja",
    Level.WARNING: "Ważne",
    Level.DANGER: "Zagrożenie",
}
_SAVED = {
    "zapisano": "Baner czeka na zatwierdzenie przez drugą osobę.",
    "zatwierdzono": "Baner jest zatwierdzony i pokaże się w swoim czasie.",
    "zdjeto": "Baner jest zdjęty.",
}
_FAULTS: Mapping[errors.Fault, tuple[str, str]] = {
    "empty": ("text", "Proszę wpisać treść."),
    "too_long": ("text", f"Tekst jest za długi: może mieć najwyżej {MAX_TEXT} znaków."),
    "level": ("level", "Proszę wybrać rodzaj."),
    "ends_before_start": ("ends", "Koniec musi być później niż początek."),
    "past": ("ends", "Ten termin już minął. Proszę podać późniejszy."),
    "too_long_time": ("ends", f"Baner może być widoczny najwyżej {LONGEST.days} dni."),
}
_NOT_SAVED = "Baner nie jest jeszcze zapisany. Co trzeba poprawić, jest opisane przy polach."
_NO_MOMENT = "Proszę podać dzień i godzinę."
_GONE = "Tego banera nie ma, skończył się albo został już zdjęty lub zatwierdzony."
_OWN = "Nie można zatwierdzić własnego banera. Musi to zrobić inna osoba."
_ANY_LENGTH = 100_000

BannerState = Literal["waiting", "ahead", "shown", "over", "withdrawn"]
_STATES: Mapping[BannerState, str] = {
    "waiting": "czeka na zatwierdzenie",
    "ahead": "zaplanowany",
    "shown": "widoczny teraz",
    "over": "zakończony",
    "withdrawn": "zdjęty",
}


@router.get("/baner")
async def banners(request: Request, visit: Here, used: Used) -> Response:
    """List the banners, with the form of a new one for those who write."""
    return await _page(request, visit, used, saved=_SAVED.get(saved(request)))


@router.post("/baner", dependencies=WRITING)
async def propose(request: Request, visit: Here, used: Used) -> Response:
    """Write a banner."""
    fields = await form(request)
    typed = {name: fields.raw(name, _ANY_LENGTH).replace("\0", "") for name in ("text", "level", "starts", "ends")}
    faults: dict[str, str] = {}
    starts_at = field_moment(typed["starts"], "starts", faults) or used.clock.now()
    ends_at = field_moment(typed["ends"], "ends", faults, _NO_MOMENT)
    if ends_at and not faults:
        try:
            await used.newsroom.banners.propose(
                visit.actor, NewBanner(typed["text"], typed["level"], starts_at, ends_at)
            )
        except errors.BannerRefusedError as error:
            faults.update([_FAULTS[error.fault]])
    if faults:
        return await _page(request, visit, used, 422, typed=typed, faults=faults, fault=_NOT_SAVED)
    raise GoTo(f"{PATH}/baner?zapisano=zapisano")


@router.get("/baner/{banner}/zatwierdz", dependencies=APPROVING)
async def approval(banner: str, request: Request, visit: Fresh, used: Used) -> Response:
    """Show what would be seen on every page, and ask once more."""
    asked, now = number(banner), used.clock.now()
    listed = await used.newsroom.banners.listed(visit.actor)
    row = next((row for row in listed if row.id == asked and state_of(row, now) == "waiting"), None)
    if row is None:
        raise Refused(404, _GONE)
    return page(request, "announcements/banner.html", row=row, levels=LEVELS, **context(used.newsroom))


@router.post("/baner/{banner}/zatwierdz", dependencies=APPROVING)
async def approve(banner: str, request: Request, visit: Fresh, used: Used) -> Response:
    """Let it be shown."""
    try:
        await used.newsroom.banners.approve(visit.actor, number(banner))
    except errors.OwnBannerError:
        return await _page(request, visit, used, 422, fault=_OWN)
    except errors.BannerError as error:
        raise Refused(404, _GONE) from error
    raise GoTo(f"{PATH}/baner?zapisano=zatwierdzono")


@router.post("/baner/{banner}/zdejmij", dependencies=RUNNING)
async def withdraw(banner: str, visit: Here, used: Used) -> Response:
    """Take it down."""
    try:
        await used.newsroom.banners.withdraw(visit.actor, number(banner))
    except errors.BannerError as error:
        raise Refused(404, _GONE) from error
    raise GoTo(f"{PATH}/baner?zapisano=zdjeto")


def state_of(row: BannerRow, now: datetime) -> BannerState:
    """Return where a banner stands at a moment."""
    if row.withdrawn_at:
        return "withdrawn"
    if row.ends_at <= now:
        return "over"
    if row.approved_at is None:
        return "waiting"
    return "shown" if row.starts_at <= now else "ahead"


async def _page(request: Request, visit: Visit, used: Desk, status: int = 200, /, **values: object) -> Response:
    now = used.clock.now()
    rows = await used.newsroom.banners.listed(visit.actor)
    shown = {
        "rows": [(row, state_of(row, now)) for row in rows],
        "states": _STATES,
        "levels": LEVELS,
        "longest": MAX_TEXT,
        "may_write": visit.actor.may(Permission.WRITE_ANNOUNCEMENTS),
        "may_approve": visit.actor.may(Permission.APPROVE_ANNOUNCEMENTS),
        **context(used.newsroom),
    }
    return page(request, "announcements/banners.html", status, **shown, **values)
