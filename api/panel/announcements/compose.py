"""Writing an announcement: the form, its preview while typing, and keeping what was typed whatever is wrong with it."""

from collections.abc import Sequence
from dataclasses import replace
from secrets import token_hex

from fastapi import Request, Response

from api.panel.announcements.faults import CHANGED, fault
from api.panel.announcements.shown import PATH, WRITING, address, allows, context, known, number_of
from api.panel.announcements.typed import Typed
from api.panel.desk import Desk
from api.panel.forms import form, number, query
from api.panel.refusals import GoTo, Refused
from api.panel.rendering import page
from api.panel.routing import room_router
from api.panel.visit import Here, Used, Visit
from notifier.announcements.content import Content
from notifier.announcements.errors import (
    AnnouncementError,
    ContentChangedError,
    ContentRefusedError,
    KeyReusedError,
    UnknownTemplateError,
)
from notifier.announcements.listing import Line
from notifier.announcements.publishing import ANNOUNCEMENTS, EVENTS
from notifier.announcements.states import AnnouncementState
from notifier.announcements.texts import filled
from notifier.announcements.view import Announcement
from notifier.audience.reach import Reach

router = room_router()

_SAVED_BEFORE = "Ten formularz był już raz zapisany z inną treścią. Ponowny zapis utworzy nowy komunikat."
_NOT_SAVED = "Komunikat nie jest jeszcze zapisany. Co trzeba poprawić, jest opisane przy polach."
_NO_TEMPLATE = "Nie ma takiego szablonu. Mógł zostać usunięty."
_RETRACTED = "Wcześniejsza informacja na ten temat jest nieaktualna."


@router.get("/nowy", dependencies=WRITING)
async def new(request: Request, visit: Here, used: Used) -> Response:
    """Show the form: empty, or filled from a template or from what is corrected."""
    return await _form(request, visit, used, await _beginning(request, visit, used))


@router.post("/nowy", dependencies=WRITING)
async def write(request: Request, visit: Here, used: Used) -> Response:
    """Store a draft, or show the form again with what is wrong."""
    fields = await form(request)
    typed = Typed.of_form(fields)
    content, faults = await _read(visit, used, typed)
    if faults:
        return await _form(request, visit, used, typed, faults)
    try:
        stored = await used.newsroom.desk.write(visit.actor, content, f"panel:{visit.actor.account_id}:{typed.key}")
    except KeyReusedError:
        return await _form(request, visit, used, replace(typed, key=""), {"": _SAVED_BEFORE})
    except AnnouncementError as error:
        return await _form(request, visit, used, typed, dict([fault(error)]))
    raise GoTo(_after(stored, fields.raw("then")))


@router.post("/podglad", dependencies=WRITING)
async def preview(request: Request, visit: Here, used: Used) -> Response:
    """Show how it comes on every channel, whom it reaches and what it costs; nothing is stored."""
    typed = Typed.of_form(await form(request))
    if "hx-request" not in request.headers:
        return await _form(request, visit, used, typed)
    content, _ = typed.content(await _original(visit, used, typed))
    shown = {
        "content": content,
        "outlook": await used.newsroom.outlooks.of(visit.actor, content),
        "reach": await _reach(visit, used, typed),
        **context(used.newsroom),
    }
    return page(request, "announcements/preview_answer.html", **shown)


@router.get("/{announcement}/edycja", dependencies=WRITING)
async def edit_form(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Show the form of an announcement."""
    with known():
        found = await used.newsroom.desk.show(visit.actor, number_of(announcement))
    if not allows(found.state, "edit"):
        raise GoTo(address(found.id))
    typed = Typed.of_content(found.content, found.version)
    return await _form(request, visit, used, typed, announcement=found)


@router.post("/{announcement}/edycja", dependencies=WRITING)
async def edit(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Replace the content, or show the form again with what is wrong."""
    fields = await form(request)
    typed = Typed.of_form(fields)
    with known():
        found = await used.newsroom.desk.show(visit.actor, number_of(announcement))
        content, faults = await _read(visit, used, typed)
        if faults:
            return await _form(request, visit, used, typed, faults, found)
        try:
            stored = await used.newsroom.desk.edit(visit.actor, found.id, content, typed.version)
        except ContentChangedError:
            return await _form(request, visit, used, typed, {"": CHANGED}, found)
        except AnnouncementError as error:
            return await _form(request, visit, used, typed, dict([fault(error)]), found)
    raise GoTo(_after(stored, fields.raw("then")))


async def _beginning(request: Request, visit: Visit, used: Desk) -> Typed:
    """Return what the form begins with."""
    fields, newsroom = query(request), used.newsroom
    if template := fields.raw("szablon"):
        try:
            return Typed.of_content(await newsroom.templates.content(visit.actor, number(template)))
        except UnknownTemplateError as error:
            raise Refused(404, _NO_TEMPLATE) from error
    if starter := newsroom.starters.get(fields.raw("wzor")):
        return Typed(title=starter.title, body=starter.body)
    for name in ("sprostowanie", "odwolanie"):
        if original := fields.raw(name):
            with known():
                found = await newsroom.desk.show(visit.actor, number_of(original))
            return _follower(found, is_retraction=name == "odwolanie")
    return Typed()


def _follower(original: Announcement, *, is_retraction: bool) -> Typed:
    content = original.content
    if is_retraction:
        # It has no event of its own, whose fields the title could name.
        return Typed(title=filled(content.title, content.event), body=_RETRACTED, retracts=original.id)
    return replace(Typed.of_content(content), corrects=original.id, retracts=0)


async def _original(visit: Visit, used: Desk, typed: Typed) -> Content | None:
    """Return the content that is corrected or taken back."""
    if not typed.follows:
        return None
    with known():
        return (await used.newsroom.desk.show(visit.actor, typed.follows)).content


async def _reach(visit: Visit, used: Desk, typed: Typed) -> Reach:
    """Return how many asked for what is being written."""
    return await used.newsroom.outlooks.reach(visit.actor, EVENTS if typed.is_event else ANNOUNCEMENTS)


async def _read(visit: Visit, used: Desk, typed: Typed) -> tuple[Content, dict[str, str]]:
    """Return the content of a form, and everything that is wrong with it by field."""
    content, faults = typed.content(await _original(visit, used, typed))
    outlook = await used.newsroom.outlooks.of(visit.actor, content)
    has_no_event = typed.is_event and content.event is None
    for error in outlook.refused:
        # Without its date an event has none of the fields that a text may name.
        if not (has_no_event and isinstance(error, ContentRefusedError) and error.problem == "placeholder"):
            faults.setdefault(*fault(error))
    return content, faults


async def _form(
    request: Request,
    visit: Visit,
    used: Desk,
    typed: Typed,
    faults: dict[str, str] | None = None,
    announcement: Announcement | None = None,
) -> Response:
    original = await _original(visit, used, typed)
    content, _ = typed.content(original)
    newsroom = used.newsroom
    return page(
        request,
        "announcements/compose.html",
        422 if faults else 200,
        typed=typed,
        key=typed.key or token_hex(16),
        content=content,
        faults=faults or {},
        fault=(faults.get("") or _NOT_SAVED) if faults else None,
        announcement=announcement,
        others=await _others(visit, used, typed, announcement),
        outlook=await newsroom.outlooks.of(visit.actor, content),
        reach=await _reach(visit, used, typed),
        templates=await newsroom.templates.listed(visit.actor),
        starters=newsroom.starters,
        **context(newsroom),
    )


async def _others(visit: Visit, used: Desk, typed: Typed, announcement: Announcement | None) -> Sequence[Line]:
    """Return what else corrects or takes back the same announcement, so that nobody writes it twice."""
    found = await used.newsroom.desk.successors(visit.actor, typed.follows) if typed.follows else ()
    own = announcement.id if announcement else None
    ended = {AnnouncementState.CANCELLED, AnnouncementState.EXPIRED}
    return [line for line in found if line.id != own and line.state not in ended]


def _after(stored: Announcement, then: str) -> str:
    if then == "sample":
        return f"{PATH}/{stored.id}/probka"
    return address(stored.id, "zapisano")
