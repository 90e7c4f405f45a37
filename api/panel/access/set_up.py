"""First steps: a password of one's own and a second factor; also how both are changed later."""

import segno
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.panel import addresses
from api.panel.access.words import WRONG_CODE, told
from api.panel.cookies import enter
from api.panel.desk import Desk
from api.panel.forms import form, query
from api.panel.refusals import GoTo
from api.panel.rendering import page
from api.panel.routing import room_router
from api.panel.visit import HalfIn, Used, Visit
from api.panel.words import PASSWORD_FAULTS
from core.staff.account import Stage
from core.staff.errors import PasswordRefusedError, SignInRefusedError
from core.staff.passwords import LONGEST, SHORTEST
from core.staff.totp import enrolment_uri

router = room_router()

_LONGEST_TYPED = 400


@router.get("/haslo")
async def password_form(request: Request, visit: HalfIn, used: Used) -> Response:
    """Ask for a new password."""
    _may_change(visit, used, addresses.PASSWORD)
    back = addresses.safe_next(query(request).raw("next", 1000))
    return page(request, "access/password.html", shortest=SHORTEST, longest=LONGEST, next=back)


@router.post("/haslo")
async def password(request: Request, visit: HalfIn, used: Used) -> Response:
    """Take a new password."""
    _may_change(visit, used, addresses.PASSWORD)
    fields = await form(request)
    back = addresses.safe_next(fields.raw("next", 1000))
    new, repeated = fields.raw("password", _LONGEST_TYPED), fields.raw("repeated", _LONGEST_TYPED)
    try:
        token = await used.own_access.change_password(visit.session, new, repeated)
    except PasswordRefusedError as error:
        fault = PASSWORD_FAULTS[error.fault]
        shown = {"shortest": SHORTEST, "longest": LONGEST, "next": back, "fault": fault}
        return page(request, "access/password.html", 422, **shown)
    response = RedirectResponse(_told(back, "haslo"), status_code=303)
    enter(response, used, token)
    return response


@router.get("/drugi-skladnik")
async def second_factor_form(request: Request, visit: HalfIn, used: Used) -> Response:
    """Show a new secret as a QR code and in letters."""
    _may_change(visit, used, addresses.SET_UP)
    secret = await used.own_access.begin_second_factor(visit.session)
    return page(request, "access/set_up.html", **_enrolment(used, visit, secret))


@router.post("/drugi-skladnik")
async def second_factor(request: Request, visit: HalfIn, used: Used) -> Response:
    """Take the first code of the app and show the recovery codes."""
    _may_change(visit, used, addresses.SET_UP)
    typed = (await form(request)).raw("code")
    try:
        made = await used.own_access.finish_second_factor(visit.session, typed)
    except SignInRefusedError as error:
        secret = await used.own_access.pending_secret(visit.session)
        if secret is None:
            raise GoTo(addresses.SET_UP) from error
        shown = _enrolment(used, visit, secret)
        return page(request, "access/set_up.html", 422, fault=told(error, WRONG_CODE), **shown)
    # The session of this request is over: its menu and its forms would no longer work.
    response = page(request, "access/recovery_codes.html", codes=made.recovery_codes, menu=(), csrf="")
    enter(response, used, made.token)
    return response


def _may_change(visit: Visit, used: Desk, path: str) -> None:
    """Go on when this is the step that is missing, or a change by somebody who is certainly there."""
    own_step = {addresses.PASSWORD: Stage.PASSWORD, addresses.SET_UP: Stage.SET_UP}[path]
    if visit.session.stage is own_step:
        return
    if visit.session.stage is not Stage.IN:
        raise GoTo(addresses.HOME)
    if not visit.session.is_fresh(used.clock.now()):
        raise GoTo(addresses.CONFIRM, path)


def _enrolment(used: Desk, visit: Visit, secret: str) -> dict[str, object]:
    uri = enrolment_uri(secret, visit.session.account.name, f"Panel {used.city.name}")
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return {"picture": segno.make(uri, micro=False).svg_data_uri(scale=5, border=3, light="#fff"), "secret": groups}


def _told(back: str, what: str) -> str:
    return f"{back}?zapisano={what}" if back == addresses.ACCOUNT else back
