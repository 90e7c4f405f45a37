"""One alert: what it says on each channel, whom it reaches, what became of it, and the decision about it."""

from typing import Annotated

from fastapi import Depends, Request, Response

from api.panel.addresses import HOME
from api.panel.alerts.service import words_and_rules
from api.panel.alerts.words import remaining, until
from api.panel.desk import Desk
from api.panel.forms import form, number
from api.panel.refusals import GoTo, Refused
from api.panel.rendering import page, saved
from api.panel.routing import room_router
from api.panel.visit import Here, Needs, Used, Visit
from api.panel.words import CHANNELS
from core.sms_text import segments, to_gsm
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.alerts.decisions import Decisions
from notifier.alerts.errors import (
    AlertError,
    AlreadyDecidedError,
    DecisionRefusedError,
    StaleAlertError,
    UnknownAlertError,
)
from notifier.alerts.models import MAX_REASON
from notifier.alerts.states import MessageState
from notifier.channels.way_out import TELEGRAM_WAY_OUT, way_out

router = room_router()

Deciding = Annotated[Visit, Depends(Needs(Permission.DECIDE_ALERTS))]

_PATH = "/alerty"
_UNKNOWN = "Nie ma alertu o tym numerze."
_DECISIONS = {"wyslany": Decisions.confirm, "odrzucony": Decisions.reject}
_SAVED = {"wyslany": "Alert jest wysyłany.", "odrzucony": "Alert jest odrzucony. Nie zostanie wysłany."}


@router.get("/{alert}")
async def alert(alert: str, request: Request, visit: Here, used: Used) -> Response:
    """Show an alert."""
    return await _page(number(alert), request, visit.actor, used, saved=_SAVED.get(saved(request)))


@router.post("/{alert}/wyslij")
async def confirm(alert: str, request: Request, visit: Deciding, used: Used) -> Response:
    """Send a held alert."""
    return await _decided(number(alert), request, visit.actor, used, "wyslany")


@router.post("/{alert}/odrzuc")
async def reject(alert: str, request: Request, visit: Deciding, used: Used) -> Response:
    """Keep a held alert back."""
    return await _decided(number(alert), request, visit.actor, used, "odrzucony")


async def _decided(message_id: int, request: Request, actor: Actor, used: Desk, what: str) -> Response:
    reason = (await form(request)).text("reason", 10 * MAX_REASON)
    try:
        await _DECISIONS[what](used.alerts.decisions, actor, message_id, reason)
    except UnknownAlertError as error:
        raise Refused(404, _UNKNOWN) from error
    except AlertError as error:
        return await _page(message_id, request, actor, used, 422, fault=_fault(error), reason=reason)
    raise GoTo(f"{HOME}{_PATH}/{message_id}?zapisano={what}")


async def _page(
    message_id: int, request: Request, actor: Actor, used: Desk, status: int = 200, /, **values: object
) -> Response:
    try:
        opened = await used.alerts.open(actor, message_id)
    except UnknownAlertError as error:
        raise Refused(404, _UNKNOWN) from error
    words, _ = await words_and_rules(used, actor)
    sms, now = to_gsm(f"{opened.row.title}\n{opened.row.sms}"), used.clock.now()
    shown = {
        "opened": opened,
        "row": opened.row,
        "sms": sms + way_out("sms", sms),
        "telegram_way_out": TELEGRAM_WAY_OUT,
        "sms_parts": segments(sms),
        "is_held": opened.row.state == MessageState.HELD,
        "is_stale": now >= opened.row.expires_at,
        "longest": MAX_REASON,
        "channels": CHANNELS,
        "words": words,
        "now": now,
        "remaining": remaining,
        "until": until,
    }
    return page(request, "alerts/alert.html", status, **shown, **values)


def _fault(error: AlertError) -> str:
    match error:
        case AlreadyDecidedError():
            return "Decyzja już zapadła. Stan alertu jest podany niżej."
        case StaleAlertError():
            return "Alert jest już nieaktualny i nie można go wysłać. Można go tylko odrzucić."
        case DecisionRefusedError(limit=limit):
            return f"Proszę podać powód decyzji: od 1 do {limit} znaków."
    raise error
