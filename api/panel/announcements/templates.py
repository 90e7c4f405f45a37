"""Templates: what staff saved, and what the city's pack has for a beginning."""

from fastapi import Request, Response

from api.panel.announcements.one import done, refused
from api.panel.announcements.shown import PATH, WRITING, context, known, number_of
from api.panel.forms import form, number
from api.panel.refusals import GoTo, Refused
from api.panel.rendering import page, saved
from api.panel.routing import room_router
from api.panel.visit import Here, Used
from core.staff.permissions import Permission
from notifier.announcements.errors import AnnouncementError, UnknownTemplateError

router = room_router()

_SAVED = {"usunieto": "Szablon jest usunięty."}
_GONE = "Nie ma takiego szablonu. Mógł zostać usunięty."
_ANY_LENGTH = 10_000


@router.get("/szablony")
async def templates(request: Request, visit: Here, used: Used) -> Response:
    """List the templates."""
    listed = await used.newsroom.templates.listed(visit.actor)
    shown = {"templates": listed, "starters": used.newsroom.starters, "saved": _SAVED.get(saved(request))}
    may_write = visit.actor.may(Permission.WRITE_ANNOUNCEMENTS)
    return page(request, "announcements/templates.html", may_write=may_write, **shown, **context(used.newsroom))


@router.post("/szablony/{template}/usun", dependencies=WRITING)
async def delete(template: str, visit: Here, used: Used) -> Response:
    """Delete a template."""
    try:
        await used.newsroom.templates.delete(visit.actor, number(template))
    except UnknownTemplateError as error:
        raise Refused(404, _GONE) from error
    raise GoTo(f"{PATH}/szablony?zapisano=usunieto")


@router.post("/{announcement}/szablon", dependencies=WRITING)
async def save(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Keep the words and the audience of an announcement as a template."""
    name = (await form(request)).raw("name", _ANY_LENGTH)
    with known():
        found = await used.newsroom.desk.show(visit.actor, number_of(announcement))
    try:
        await used.newsroom.templates.save(visit.actor, name, found.content)
    except AnnouncementError as error:
        return await refused(announcement, request, visit, used, error, template_name=name)
    raise done(announcement, "szablon")
