"""Signing in and out, and proving to be there once more."""

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.panel import addresses
from api.panel.access.callers import caller
from api.panel.access.words import NOT_CONFIRMED, NOT_LET_IN, WRONG_CODE, told
from api.panel.addresses import safe_next
from api.panel.cookies import enter, leave, token_of
from api.panel.forms import form, query
from api.panel.refusals import GoTo
from api.panel.rendering import page
from api.panel.routing import room_router
from api.panel.visit import HalfIn, Here, Used, known
from core.staff.account import Stage
from core.staff.errors import SignInRefusedError

router = room_router()


@router.get("/logowanie")
async def sign_in_form(request: Request) -> Response:
    """Ask for name and password."""
    back = safe_next(query(request).raw("next", 1000))
    visit = known(request)
    if visit and visit.session.stage is Stage.IN:
        raise GoTo(back)
    return page(request, "access/sign_in.html", next=back)


@router.post("/logowanie")
async def sign_in(request: Request, used: Used) -> Response:
    """Take name and password; whatever session the browser had is over, so that none can be planted."""
    fields = await form(request)
    back, name = safe_next(fields.raw("next", 1000)), fields.raw("name", 400)
    try:
        token = await used.sign_in.by_password(name, fields.raw("password", 400), caller(request))
    except SignInRefusedError as error:
        fault = told(error, NOT_LET_IN)
        return page(request, "access/sign_in.html", 422, next=back, name=name, fault=fault)
    if before := token_of(request, used):
        await used.sessions.end(before)
    return _entered(used, token, back)


@router.get("/kod")
async def code_form(request: Request, visit: HalfIn) -> Response:
    """Ask for the second factor."""
    back = safe_next(query(request).raw("next", 1000))
    if visit.session.stage is not Stage.CODE:
        raise GoTo(back)
    return page(request, "access/code.html", next=back)


@router.post("/kod")
async def code(request: Request, visit: HalfIn, used: Used) -> Response:
    """Take the second factor."""
    fields = await form(request)
    back = safe_next(fields.raw("next", 1000))
    if visit.session.stage is not Stage.CODE:
        raise GoTo(back)
    try:
        token = await used.sign_in.by_code(visit.session, fields.raw("code"))
    except SignInRefusedError as error:
        return page(request, "access/code.html", 422, next=back, fault=told(error, WRONG_CODE))
    return _entered(used, token, back)


@router.get("/potwierdzenie")
async def confirmation_form(request: Request, visit: Here) -> Response:
    """Ask whether the person is there."""
    back = safe_next(query(request).raw("next", 1000))
    return page(request, "access/confirm.html", next=back, with_code=visit.session.account.has_second_factor)


@router.post("/potwierdzenie")
async def confirmation(request: Request, visit: Here, used: Used) -> Response:
    """Take password or code."""
    fields = await form(request)
    back = safe_next(fields.raw("next", 1000))
    try:
        await used.sign_in.confirm(visit.session, fields.raw("proof", 400))
    except SignInRefusedError as error:
        with_code, fault = visit.session.account.has_second_factor, told(error, NOT_CONFIRMED)
        return page(request, "access/confirm.html", 422, next=back, with_code=with_code, fault=fault)
    raise GoTo(back)


@router.post("/sesja")
async def stay(_visit: Here) -> Response:
    """Note that the person still works; the request itself is the note."""
    return Response(status_code=204)


@router.post("/wyloguj")
async def sign_out(visit: HalfIn, used: Used) -> Response:
    """End the session."""
    await used.sessions.end(visit.token)
    response = RedirectResponse(addresses.SIGN_IN, status_code=303)
    leave(response, used)
    return response


def _entered(used: Used, token: str, back: str) -> Response:
    response = RedirectResponse(back, status_code=303)
    enter(response, used, token)
    return response
