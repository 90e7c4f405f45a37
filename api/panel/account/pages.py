"""One's own account."""

from fastapi import Request, Response

from api.panel.addresses import ACCOUNT
from api.panel.forms import form, number
from api.panel.refusals import GoTo
from api.panel.rendering import page, saved
from api.panel.routing import room_router
from api.panel.visit import Fresh, Here, Used

router = room_router()

_SAVED = {
    "haslo": "Hasło jest zmienione. Pozostałe sesje zostały zakończone.",
    "sesja": "Sesja jest zakończona.",
}


@router.get("/konto")
async def account(request: Request, visit: Here, used: Used) -> Response:
    """Show how one signs in, and where one is signed in."""
    return page(
        request,
        "account/account.html",
        sessions=await used.own_access.sessions(visit.session),
        own=visit.session,
        codes_left=await used.own_access.recovery_codes_left(visit.session),
        saved=_SAVED.get(saved(request)),
    )


@router.post("/konto/sesje")
async def end_session(request: Request, visit: Here, used: Used) -> Response:
    """End another session of one's own."""
    await used.own_access.end_session(visit.session, number((await form(request)).text("session")))
    raise GoTo(f"{ACCOUNT}?zapisano=sesja")


@router.get("/konto/kody")
async def recovery_codes_form(request: Request, _visit: Fresh) -> Response:
    """Ask whether the earlier codes should count no longer."""
    return page(request, "account/recovery_codes.html")


@router.post("/konto/kody")
async def recovery_codes(request: Request, visit: Fresh, used: Used) -> Response:
    """Make fresh recovery codes and show them once."""
    if not visit.session.account.has_second_factor:
        raise GoTo(ACCOUNT)
    codes = await used.own_access.new_recovery_codes(visit.session)
    return page(request, "access/recovery_codes.html", codes=codes)
