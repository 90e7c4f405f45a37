"""The list of announcements, and one of them with everything that may be done about it."""

from collections.abc import Mapping, Sequence

from fastapi import Request, Response

from api.panel.announcements import banners, calendar, compose, recipients, samples, sending, steps, templates
from api.panel.announcements.one import one
from api.panel.announcements.shown import PATH, context
from api.panel.desk import Desk
from api.panel.forms import number, query
from api.panel.rendering import page
from api.panel.room import Room, Waiting
from api.panel.routing import room_router
from api.panel.visit import Here, Used
from content.format import plural
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.announcements.states import AnnouncementState

_S = AnnouncementState
_ON_A_PAGE = 30
_TABS: Mapping[str, tuple[str, tuple[AnnouncementState, ...]]] = {
    "": ("w pracy", (_S.DRAFT, _S.IN_REVIEW, _S.RETURNED, _S.APPROVED)),
    "zaplanowane": ("zaplanowane", (_S.SCHEDULED,)),
    "wysylane": ("w trakcie wysyłania", (_S.SENDING, _S.PAUSED)),
    "wyslane": ("wysłane", (_S.SENT,)),
    "zakonczone": ("anulowane i nieaktualne", (_S.CANCELLED, _S.EXPIRED)),
    "wszystkie": ("wszystkie", tuple(_S)),
}

router = room_router()


@router.get("")
async def announcements(request: Request, visit: Here, used: Used) -> Response:
    """List announcements by how far they are."""
    fields = query(request)
    tab = fields.raw("stan") if fields.raw("stan") in _TABS else ""
    before = number(fields.raw("przed")) if fields.raw("przed") else None
    lines = await used.newsroom.desk.listed(visit.actor, _TABS[tab][1], _ON_A_PAGE + 1, before)
    return page(
        request,
        "announcements/announcements.html",
        lines=lines[:_ON_A_PAGE],
        older=lines[_ON_A_PAGE - 1].id if len(lines) > _ON_A_PAGE else None,
        tabs={key: title for key, (title, _) in _TABS.items()},
        tab=tab,
        **context(used.newsroom),
    )


# Named pages come before those of a number.
_NAMED = (calendar.router, templates.router, banners.router, compose.router)
for _each in (*_NAMED, one, steps.router, sending.router, samples.router, recipients.router):
    router.routes.extend(_each.routes)


async def waiting(used: Desk, actor: Actor) -> Sequence[Waiting]:
    """Tell what waits for this person: to be approved, to be corrected, to be sent."""
    lines = await used.newsroom.desk.listed(actor, (_S.IN_REVIEW, _S.RETURNED, _S.APPROVED), _ON_A_PAGE)
    counts = {state: sum(line.state is state for line in lines) for state in (_S.IN_REVIEW, _S.RETURNED, _S.APPROVED)}
    writes, approves = actor.may(Permission.WRITE_ANNOUNCEMENTS), actor.may(Permission.APPROVE_ANNOUNCEMENTS)
    told = (
        (counts[_S.IN_REVIEW] if approves else 0, "na zatwierdzenie"),
        (counts[_S.RETURNED] if writes else 0, "na poprawę"),
        (counts[_S.APPROVED] if writes or approves else 0, "na wysłanie"),
    )
    return [
        Waiting(f"{count} {plural(count, 'komunikat czeka', 'komunikaty czekają', 'komunikatów czeka')} {what}", PATH)
        for count, what in told
        if count
    ]


ROOM = Room(
    "Komunikaty",
    "Pisanie, zatwierdzanie i wysyłanie wiadomości do mieszkańców.",
    "/komunikaty",
    Permission.READ_ANNOUNCEMENTS,
    router,
    waiting,
)
