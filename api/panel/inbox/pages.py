"""Messages for the office: the list, one message, and what is done with it."""

from collections.abc import Awaitable, Sequence

from fastapi import Depends, Request, Response

from api.panel.addresses import HOME
from api.panel.desk import Desk
from api.panel.forms import form, number, query
from api.panel.inbox.cost import reply_cost
from api.panel.inbox.words import InboxWords
from api.panel.refusals import GoTo, Refused
from api.panel.rendering import page, saved
from api.panel.room import Room, Waiting
from api.panel.routing import room_router
from api.panel.visit import Here, Needs, Used
from bot.handoffs.errors import HandoffError, MoveRefusedError, PartRefusedError, UnknownHandoffError
from bot.handoffs.inbox import Inbox
from bot.handoffs.reference import find_reference
from bot.handoffs.service import MAX_REPLY, longest_reply
from bot.handoffs.states import MOVES, HandoffState
from content.format import plural
from core.staff.actor import Actor
from core.staff.permissions import Permission

router = room_router()

_ANSWERING = [Depends(Needs(Permission.ANSWER_HANDOFFS))]
_UNFINISHED = tuple(state for state in HandoffState if state is not HandoffState.CLOSED)
_SAVED = {
    "przydzielono": "Sprawa jest przydzielona.",
    "odpowiedz": "Odpowiedź jest zapisana.",
    "zamknieta": "Sprawa jest zakończona.",
}
_UNKNOWN = "Nie ma sprawy o tym numerze. Mogła zostać usunięta po zakończeniu."


@router.get("")
async def inbox(request: Request, visit: Here, used: Used) -> Response:
    """List the messages in a state, or all that are not closed; a number leads to its message."""
    fields = query(request)
    typed = fields.text("numer")
    if typed and (reference := _reference(used, typed)):
        raise GoTo(f"{HOME}{ROOM.path}/{reference}")
    state = next((state for state in HandoffState if state.value == fields.raw("stan")), None)
    mine = visit.actor.name if fields.raw("czyje") == "moje" else None
    lines = await _inbox(used).listed(visit.actor, (state,) if state else _UNFINISHED, mine)
    shown = {"lines": lines, "state": state, "mine": mine, "states": HandoffState, "words": InboxWords(used.texts)}
    return page(request, "inbox/inbox.html", **shown, typed=typed)


@router.get("/{reference}")
async def handoff(reference: str, request: Request, visit: Here, used: Used) -> Response:
    """Show one message in clear."""
    return await _page(reference, request, visit.actor, used, saved=_SAVED.get(saved(request)))


@router.get("/{reference}/wysylka/{step}")
async def letter(reference: str, step: str, request: Request, visit: Here, used: Used) -> Response:
    """Show how far one reply has come, as a part of the page."""
    found = await _inbox(used).letter(visit.actor, _known(used, reference), number(step))
    if found is None:
        raise Refused(404, _UNKNOWN)
    shown = {"letter": found, "step": step, "reference": reference, "words": InboxWords(used.texts)}
    return page(request, "inbox/letter.html", **shown)


@router.post("/{reference}/koszt", dependencies=_ANSWERING)
async def cost(reference: str, request: Request, visit: Here, used: Used) -> Response:
    """Show what a reply by SMS will cost, as a part of the page where that is possible."""
    text = (await form(request)).text("text", 10 * MAX_REPLY)
    shown = {"cost": await reply_cost(used, _known(used, reference), text)}
    if "hx-request" in request.headers:
        return page(request, "inbox/cost.html", **shown)
    return await _page(reference, request, visit.actor, used, text=text, **shown)


@router.post("/{reference}/przydzial", dependencies=_ANSWERING)
async def assign(reference: str, request: Request, visit: Here, used: Used) -> Response:
    """Give a message to somebody who answers messages."""
    typed = (await form(request)).text("to")
    to = await used.accounts.find(typed)
    if to is None or to.is_disabled or not to.actor.may(Permission.ANSWER_HANDOFFS):
        fault = "Sprawę może prowadzić tylko osoba z dostępem do odpowiadania mieszkańcom."
        return await _page(reference, request, visit.actor, used, 422, fault=fault)
    step = _inbox(used).assign(visit.actor, _known(used, reference), to.name)
    return await _done(reference, request, visit.actor, used, step, "przydzielono")


@router.post("/{reference}/odpowiedz", dependencies=_ANSWERING)
async def reply(reference: str, request: Request, visit: Here, used: Used) -> Response:
    """Answer a message."""
    text = (await form(request)).text("text", 10 * MAX_REPLY)
    step = _inbox(used).reply(visit.actor, _known(used, reference), text)
    return await _done(reference, request, visit.actor, used, step, "odpowiedz", text=text)


@router.post("/{reference}/zakonczenie", dependencies=_ANSWERING)
async def close(reference: str, request: Request, visit: Here, used: Used) -> Response:
    """End a message."""
    step = _inbox(used).close(visit.actor, _known(used, reference))
    return await _done(reference, request, visit.actor, used, step, "zamknieta")


async def waiting(used: Desk, actor: Actor) -> Sequence[Waiting]:
    """Tell how many messages nobody has taken on, and how many wait for this person."""
    lines = await _inbox(used).listed(actor, _UNFINISHED)
    new = sum(line.state is HandoffState.OPEN for line in lines)
    own = sum(line.state is HandoffState.ASSIGNED and line.assignee == actor.name for line in lines)
    lost = sum(line.is_undelivered and line.state is HandoffState.ANSWERED for line in lines)
    found = []
    if new:
        words = plural(new, "nowa sprawa czeka", "nowe sprawy czekają", "nowych spraw czeka")
        found.append(Waiting(f"{new} {words} na przydzielenie", f"{HOME}{ROOM.path}?stan=open"))
    if own:
        words = plural(own, "własna sprawa czeka", "własne sprawy czekają", "własnych spraw czeka")
        found.append(Waiting(f"{own} {words} na odpowiedź", f"{HOME}{ROOM.path}?czyje=moje"))
    if lost:
        words = plural(lost, "odpowiedź nie dotarła", "odpowiedzi nie dotarły", "odpowiedzi nie dotarło")
        found.append(Waiting(f"{lost} {words} do mieszkańca", f"{HOME}{ROOM.path}?stan=answered"))
    return found


ROOM = Room(
    "Sprawy",
    "Wiadomości, które mieszkańcy zostawili dla urzędu.",
    "/sprawy",
    Permission.READ_HANDOFFS,
    router,
    waiting,
)


async def _done(
    reference: str, request: Request, actor: Actor, used: Desk, step: Awaitable[None], what: str, **typed: str
) -> Response:
    try:
        await step
    except UnknownHandoffError as error:
        raise Refused(404, _UNKNOWN) from error
    except HandoffError as error:
        return await _page(reference, request, actor, used, 422, fault=_fault(error), **typed)
    raise GoTo(f"{HOME}{ROOM.path}/{_known(used, reference)}?zapisano={what}")


async def _page(
    reference: str, request: Request, actor: Actor, used: Desk, status: int = 200, /, **values: object
) -> Response:
    try:
        found = await _inbox(used).open(actor, _known(used, reference))
    except UnknownHandoffError as error:
        raise Refused(404, _UNKNOWN) from error
    colleagues = await used.accounts.who_may(Permission.ANSWER_HANDOFFS)
    shown = {
        "handoff": found,
        "moves": MOVES[found.state],
        "colleagues": colleagues,
        "longest": longest_reply(found.channel, found.reply_to),
        "price": used.sms_price,
        "words": InboxWords(used.texts),
    }
    return page(request, "inbox/handoff.html", status, **shown, **values)


def _fault(error: HandoffError) -> str:
    match error:
        case MoveRefusedError():
            return "Ta sprawa jest już zakończona. Nie można jej zmienić."
        case PartRefusedError(limit=limit):
            return f"Odpowiedź jest pusta albo dłuższa niż {limit} znaków."
        case _:
            raise error


def _reference(used: Desk, typed: str) -> str | None:
    """Return a number in its one form, with or without the letters of the city."""
    prefix = used.handoffs.prefix
    return find_reference(prefix, typed) or find_reference(prefix, f"{prefix}-{typed}")


def _known(used: Desk, typed: str) -> str:
    reference = find_reference(used.handoffs.prefix, typed)
    if reference is None:
        raise Refused(404, _UNKNOWN)
    return reference


def _inbox(used: Desk) -> Inbox:
    return Inbox(used.database, used.handoffs, used.clock)
