"""One announcement: what it says, whom it reaches, how far it is, and what comes next."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import Request, Response

from api.panel.announcements.faults import fault
from api.panel.announcements.shown import address, allows, context, known, number_of
from api.panel.desk import Desk
from api.panel.refusals import GoTo
from api.panel.rendering import page, saved
from api.panel.routing import room_router
from api.panel.visit import Here, Used, Visit
from core.errors import HubError
from core.staff.permissions import Permission
from notifier.announcements.desk import may_run
from notifier.announcements.listing import Line
from notifier.announcements.models import ReminderRow
from notifier.announcements.reminders import planned
from notifier.announcements.states import EDITABLE, PUBLISHED
from notifier.announcements.view import Announcement

one = room_router()

_FIELDS = ("reason", "name")
_NOT_DONE = "Nic nie zostało zmienione. Co trzeba poprawić, jest opisane przy polu."
SAVED = {
    "zapisano": "Szkic jest zapisany.",
    "przekazano": "Komunikat czeka na zatwierdzenie przez drugą osobę.",
    "zwrocono": "Komunikat wrócił do autora z uwagą.",
    "zatwierdzono": "Komunikat jest zatwierdzony. Teraz można go wysłać albo zaplanować.",
    "wyslano": "Wysyłanie się zaczęło.",
    "zaplanowano": "Komunikat jest zaplanowany.",
    "wstrzymano": "Wysyłanie jest wstrzymane. Może wyjść jeszcze najwyżej to, co jest już w trakcie.",
    "wznowiono": "Wysyłanie trwa dalej.",
    "anulowano": "Komunikat jest anulowany.",
    "ponowiono": "Nieudane wiadomości, które mogą jeszcze dojść, są wysyłane ponownie.",
    "nie_bylo": "Nie ma nieudanych wiadomości, które mogłyby jeszcze dojść.",
    "szablon": "Szablon jest zapisany.",
    "probka": "Próbka jest wysłana.",
}


@one.get("/{announcement}")
async def announcement_page(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Show one announcement."""
    return await shown(announcement, request, visit, used, saved=SAVED.get(saved(request)))


async def refused(
    announcement: str, request: Request, visit: Visit, used: Desk, error: HubError, **typed: str
) -> Response:
    """Show the announcement again with what is refused, beside its field where there is one."""
    field, sentence = fault(error)
    told = {"fault": _NOT_DONE, "faults": {field: sentence}} if field in _FIELDS else {"fault": sentence}
    return await shown(announcement, request, visit, used, 422, **told, **typed)


def done(announcement: str, what: str) -> GoTo:
    """Return the way back to the page of an announcement after a step."""
    return GoTo(address(number_of(announcement), what))


async def shown(
    announcement: str, request: Request, visit: Visit, used: Desk, status: int = 200, /, **values: object
) -> Response:
    """Return the page of an announcement."""
    number, newsroom, actor = number_of(announcement), used.newsroom, visit.actor
    with known():
        found = await newsroom.desk.show(actor, number)
    is_out = found.deliveries is not None
    return page(
        request,
        "announcements/announcement.html",
        status,
        announcement=found,
        content=found.content,
        outlook=await newsroom.outlooks.of(actor, found.content),
        progress=await newsroom.desk.progress(actor, number) if is_out else None,
        reminders=await newsroom.desk.reminders(actor, number) or _planned(found, used.clock.now()),
        follower=_follower(await newsroom.desk.successors(actor, number)),
        history=await newsroom.desk.history(actor, number),
        allows=allows,
        may_write=actor.may(Permission.WRITE_ANNOUNCEMENTS),
        may_approve=await newsroom.desk.may_approve(actor, number),
        may_run=may_run(actor),
        is_published=found.state in PUBLISHED,
        **context(newsroom),
        **values,
    )


def _follower(successors: Sequence[Line]) -> Line | None:
    """Return what residents read instead of it, None while it holds."""
    return next((line for line in successors if line.published_at), None)


def _planned(found: Announcement, now: datetime) -> list[ReminderRow]:
    """Return the reminders that its event would bring, before it is published."""
    event = found.content.event
    if event is None or found.state not in EDITABLE:
        return []
    return list(planned(found.id, event, found.scheduled_at or now))
