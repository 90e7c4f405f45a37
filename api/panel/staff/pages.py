"""Accounts of the staff, for administrators."""

from collections.abc import Awaitable

from fastapi import Request, Response

from api.panel.desk import Desk
from api.panel.forms import form, number
from api.panel.refusals import GoTo, Refused
from api.panel.rendering import page, saved
from api.panel.room import Room
from api.panel.routing import room_router
from api.panel.visit import Fresh, Used
from api.panel.words import NAME_FAULTS, ROLE_HELP
from core.staff.actor import Actor
from core.staff.errors import LastAdministratorError, NameRefusedError, OwnAccountError, StaffError, UnknownAccountError
from core.staff.permissions import Permission, Role

router = room_router()

_PATH = "/pracownicy"
ROOM = Room("Pracownicy", "Konta i role osób, które pracują w panelu.", _PATH, Permission.MANAGE_STAFF, router)
_SAVED = {
    "rola": "Rola jest zmieniona. Sesje tej osoby zostały zakończone.",
    "wylaczone": "Konto jest wyłączone. Sesje tej osoby zostały zakończone.",
    "wlaczone": "Konto jest włączone.",
}


@router.get("")
async def staff(request: Request, visit: Fresh, used: Used) -> Response:
    """Show every account."""
    return await _page(request, used, visit.actor, saved=_SAVED.get(saved(request)))


@router.post("")
async def add(request: Request, visit: Fresh, used: Used) -> Response:
    """Add an account and show its one-time password once."""
    fields = await form(request)
    name = fields.text("name")
    try:
        invited = await used.accounts.add(visit.actor, name, _role(fields.text("role")))
    except NameRefusedError as error:
        return await _page(request, used, visit.actor, 422, fault=NAME_FAULTS[error.fault], of="name", name=name)
    return page(request, "staff/one_time_password.html", invited=invited, is_new=True)


@router.post("/{account}/rola")
async def change_role(account: str, request: Request, visit: Fresh, used: Used) -> Response:
    """Let somebody work as something else."""
    role = _role((await form(request)).text("role"))
    step = used.accounts.change_role(visit.actor, number(account), role)
    return await _done(request, used, visit.actor, step, "rola")


@router.post("/{account}/haslo")
async def reset(account: str, request: Request, visit: Fresh, used: Used) -> Response:
    """Give somebody a new one-time password."""
    try:
        invited = await used.accounts.reset(visit.actor, number(account))
    except StaffError as error:
        return await _page(request, used, visit.actor, 422, fault=_fault(error))
    return page(request, "staff/one_time_password.html", invited=invited, is_new=False)


@router.post("/{account}/wylacz")
async def disable(account: str, request: Request, visit: Fresh, used: Used) -> Response:
    """Let somebody in no longer."""
    return await _done(request, used, visit.actor, used.accounts.disable(visit.actor, number(account)), "wylaczone")


@router.post("/{account}/wlacz")
async def enable(account: str, request: Request, visit: Fresh, used: Used) -> Response:
    """Let somebody in again."""
    return await _done(request, used, visit.actor, used.accounts.enable(visit.actor, number(account)), "wlaczone")


async def _done(request: Request, used: Desk, actor: Actor, step: Awaitable[None], what: str) -> Response:
    try:
        await step
    except StaffError as error:
        return await _page(request, used, actor, 422, fault=_fault(error))
    raise GoTo(f"{request.url.path.rsplit('/', 2)[0]}?zapisano={what}")


async def _page(request: Request, used: Desk, actor: Actor, status: int = 200, /, **values: object) -> Response:
    accounts = await used.accounts.listed(actor)
    return page(request, "staff/staff.html", status, accounts=accounts, role_help=ROLE_HELP, **values)


def _role(value: str) -> Role:
    if value not in {role.value for role in Role}:
        raise Refused(422, "Nie ma takiej roli. Proszę wybrać jedną z listy.")
    return Role(value)


def _fault(error: StaffError) -> str:
    match error:
        case OwnAccountError():
            return "Własnego konta nie można tu zmienić. Może to zrobić inny administrator."
        case LastAdministratorError():
            return "To jedyny administrator. Najpierw trzeba nadać tę rolę innej osobie."
        case UnknownAccountError():
            return "Nie ma takiego konta."
        case _:
            raise error
