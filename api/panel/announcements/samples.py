"""A sample to oneself: to the own phone, Telegram or mailbox, before anybody else gets anything."""

from dataclasses import replace

from fastapi import Request, Response

from api.panel.announcements.faults import fault
from api.panel.announcements.one import done
from api.panel.announcements.shown import WRITING, context, known, number_of
from api.panel.desk import Desk
from api.panel.forms import form
from api.panel.rendering import page
from api.panel.routing import room_router
from api.panel.visit import Here, Used, Visit
from notifier.announcements.content import WEB
from notifier.samples.contacts import EMAIL
from notifier.samples.errors import SampleError
from notifier.samples.service import Sample

router = room_router()

_MARK = "PRÓBA: "
_NOT_SENT = "Próbka nie wyszła. Dlaczego, jest opisane przy polu."
_ANY_LENGTH = 10_000


@router.get("/{announcement}/probka", dependencies=WRITING)
async def sample_form(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Ask over which channel."""
    return await _form(announcement, request, visit, used)


@router.post("/{announcement}/probka", dependencies=WRITING)
async def send(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Send a sample to whoever asks for it."""
    fields, newsroom = await form(request), used.newsroom
    channel, to = fields.raw("channel"), fields.raw("address", _ANY_LENGTH).replace("\0", "")
    with known():
        found = await newsroom.desk.show(visit.actor, number_of(announcement))
    # A channel may be tried out whether or not the announcement goes there.
    outlook = await newsroom.outlooks.of(visit.actor, replace(found.content, channels=()))
    sample = Sample(found.id, _MARK + outlook.title, outlook.texts.get(WEB if channel == EMAIL else channel, ""))
    try:
        await newsroom.samples.send(visit.actor, channel, to, sample)
    except SampleError as error:
        told = {"channel": channel, "typed": to, "fault": _NOT_SENT, "faults": {"address": fault(error)[1]}}
        return await _form(announcement, request, visit, used, 422, **told)
    raise done(announcement, "probka")


async def _form(
    announcement: str, request: Request, visit: Visit, used: Desk, status: int = 200, /, **values: object
) -> Response:
    newsroom = used.newsroom
    with known():
        found = await newsroom.desk.show(visit.actor, number_of(announcement))
    shown = {
        "announcement": found,
        "offered": newsroom.samples.channels,
        "contacts": await newsroom.samples.contacts(visit.actor),
        "mark": _MARK,
        **context(newsroom),
    }
    return page(request, "announcements/sample.html", status, **shown, **values)
