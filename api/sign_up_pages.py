"""`/powiadomienia`: signing up without any script, first the form, then the code that came by SMS."""

from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import running_services
from api.forms import Form, read_form
from api.limits import caller_of, unhurried
from api.pages import page
from api.pages.routing import pages_router
from api.subscription_checks import SignUpWish, sign_up_faults
from api.subscription_desk import CODE_MINUTES, PAGE, SubscriptionDesk
from api.subscription_refusals import Refusal

_CODE = f"{PAGE}/kod"
_SENT = "wyslano"


def sign_up_pages_router(desk: SubscriptionDesk) -> APIRouter:
    """Return the pages."""
    router = pages_router(Depends(desk.check_origin), Depends(unhurried))
    _add_form(router, desk)
    _add_code(router, desk)
    return router


def _add_form(router: APIRouter, desk: SubscriptionDesk) -> None:
    def shown(request: Request, form: Form, faults: list[Refusal]) -> Response:
        errors = {fault.field: fault.detail for fault in faults}
        return page(
            request,
            running_services(request),
            "powiadomienia.html",
            _status(faults),
            offer=desk.offer,
            sends_sms=desk.sign_ups is not None,
            form=form,
            errors=errors,
        )

    @router.get(PAGE)
    async def form(request: Request) -> Response:
        """Show what there is to sign up for, and the form."""
        return shown(request, Form(), [])

    @router.post(PAGE)
    async def sign_up(request: Request) -> Response:
        """Send a code, or show what is missing; the number stands in the form again, and never in an address."""
        form = await read_form(request)
        wish = _wish(form)
        if faults := sign_up_faults(desk.offer, wish):
            return shown(request, form, faults)
        try:
            ticket = await desk.ask(wish, caller_of(request))
        except Refusal as refusal:
            return shown(request, form, [refusal])
        return RedirectResponse(f"{_CODE}/{ticket}", 303)


def _add_code(router: APIRouter, desk: SubscriptionDesk) -> None:
    def shown(request: Request, ticket: str, refusal: Refusal | None = None) -> HTMLResponse:
        return page(
            request,
            running_services(request),
            "powiadomienia_kod.html",
            _status([refusal] if refusal else []),
            ticket=ticket,
            sent_again=request.method == "GET" and _SENT in request.query_params,
            text=desk.offer.say("code_sent", minutes=CODE_MINUTES),
            errors={"code": refusal.detail} if refusal else {},
            is_over=refusal is not None and refusal.status == HTTPStatus.GONE,
        )

    @router.get(_CODE + "/{ticket}")
    async def ask_code(ticket: str, request: Request) -> Response:
        """Show where the code goes; the same for every ticket, so that nothing is learnt from it."""
        return shown(request, ticket)

    @router.post(_CODE + "/{ticket}")
    async def confirm(ticket: str, request: Request) -> Response:
        """Start the subscriptions and open the resident's own page."""
        try:
            token = await desk.confirm(ticket, (await read_form(request)).first("code"))
        except Refusal as refusal:
            return shown(request, ticket, refusal)
        return RedirectResponse(f"{PAGE}/{token}?nowe=1", 303)

    @router.post(_CODE + "/{ticket}/nowy")
    async def send_again(ticket: str, request: Request) -> Response:
        """Send another code."""
        try:
            await desk.ask_again(ticket, caller_of(request))
        except Refusal as refusal:
            return shown(request, ticket, refusal)
        return RedirectResponse(f"{_CODE}/{ticket}?{_SENT}=1", 303)


def _wish(form: Form) -> SignUpWish:
    return SignUpWish(
        form.first("phone"),
        form.all("topics"),
        form.all("districts"),
        bool(form.first("consent")),
        form.first("text_version"),
    )


def _status(faults: list[Refusal]) -> int:
    return faults[0].status if faults else 200
