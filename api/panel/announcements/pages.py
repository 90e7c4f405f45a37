"""The list of announcements, and one of them with everything that may be done about it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from fastapi import Request, Response

from api.panel.announcements import banners, calendar, compose, recipients, samples, sending, steps, templates
from api.panel.announcements.banners import state_of
from api.panel.announcements.one import one
from api.panel.announcements.shown import PATH, context
from api.panel.desk import Desk
from api.panel.forms import query, row_number
from api.panel.rendering import page
from api.panel.room import Room, Waiting
from api.panel.routing import room_router
from api.panel.visit import Here, Used
from content.format import plural
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.announcements.desk import may_run
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
    before = row_number(fields, "przed")
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
    """Tell what waits for this person: to be approved, to be corrected, to be sent, to go on."""
    writes, approves = actor.may(Permission.WRITE_ANNOUNCEMENTS), actor.may(Permission.APPROVE_ANNOUNCEMENTS)
    told = {
        _S.IN_REVIEW: (approves, "na zatwierdzenie", PATH),
        _S.RETURNED: (writes, "na poprawę", PATH),
        _S.APPROVED: (may_run(actor), "na wysłanie", PATH),
        _S.PAUSED: (may_run(actor), "na wznowienie", f"{PATH}?stan=wysylane"),
    }
    counts = Counter(line.state for line in await used.newsroom.desk.listed(actor, tuple(told), _ON_A_PAGE))
    words = ("komunikat czeka", "komunikaty czekają", "komunikatów czeka")
    found = [
        Waiting(f"{counts[state]} {plural(counts[state], *words)} {what}", path)
        for state, (is_theirs, what, path) in told.items()
        if is_theirs and counts[state]
    ]
    return [*found, *(await _banners(used, actor) if approves else [])]


async def _banners(used: Desk, actor: Actor) -> Sequence[Waiting]:
    states = [state_of(row, used.clock.now()) for row in await used.newsroom.banners.listed(actor)]
    count = states.count("waiting")
    words = plural(count, "baner czeka", "banery czekają", "banerów czeka")
    return [Waiting(f"{count} {words} na zatwierdzenie", f"{PATH}/baner")] if count else []


ROOM = Room(
    "Komunikaty",
    "Pisanie, zatwierdzanie i wysyłanie wiadomości do mieszkańców.",
    "/komunikaty",
    Permission.READ_ANNOUNCEMENTS,
    router,
    waiting,
)
