"""`/api/v1/subscriptions`: sign-up with a code by SMS, then settings under a token that only the resident has."""

from typing import Any

from fastapi import APIRouter, Depends, Request

from api.json_body import described, read_json
from api.limits import caller_of, unhurried
from api.subscription_desk import CODE_MINUTES, SubscriptionDesk
from api.subscription_schemas import CodePayload, SettingsPayload, SignUpPayload, offer_json, overview_json

PATH = "/api/v1/subscriptions"


def subscriptions_router(desk: SubscriptionDesk) -> APIRouter:
    """Return the routes; a browser may call them from our own pages only."""
    router = APIRouter(prefix=PATH, dependencies=[Depends(desk.check_origin), Depends(unhurried)])
    _add_sign_up(router, desk)
    _add_settings(router, desk)
    return router


def _add_sign_up(router: APIRouter, desk: SubscriptionDesk) -> None:
    def waiting(ticket: str) -> dict[str, Any]:
        text = desk.offer.say("code_sent", minutes=CODE_MINUTES)
        return {"ticket": ticket, "text": text, "minutes": CODE_MINUTES}

    @router.get("")
    async def offer() -> dict[str, Any]:
        """Tell what can be signed up for, and the consent that has to be shown."""
        return offer_json(desk.offer)

    @router.post("", status_code=202, openapi_extra=described(SignUpPayload))
    async def sign_up(request: Request) -> dict[str, Any]:
        """Send a code to a number; the answer is the same for a number that is signed up already."""
        wish = read_json(await request.body(), SignUpPayload).wish()
        return waiting(await desk.ask(wish, caller_of(request)))

    @router.post("/{ticket}/code", status_code=202)
    async def send_again(ticket: str, request: Request) -> dict[str, Any]:
        """Send a new code; the one before stops working."""
        await desk.ask_again(ticket, caller_of(request))
        return waiting(ticket)

    @router.post("/{ticket}/confirm", openapi_extra=described(CodePayload))
    async def confirm(ticket: str, request: Request) -> dict[str, Any]:
        """Start the subscriptions and return the resident's own token; one given before stops working."""
        token = await desk.confirm(ticket, read_json(await request.body(), CodePayload).code)
        return {"token": token, "url": desk.link(token), "subscription": overview_json(await desk.show(token))}


def _add_settings(router: APIRouter, desk: SubscriptionDesk) -> None:
    @router.get("/{token}")
    async def show(token: str) -> dict[str, Any]:
        """Tell everything that is on and how."""
        return overview_json(await desk.show(token))

    @router.patch("/{token}", openapi_extra=described(SettingsPayload))
    async def change(token: str, request: Request) -> dict[str, Any]:
        """Change what is named, all of it or nothing."""
        wish = read_json(await request.body(), SettingsPayload).wish()
        return overview_json(await desk.change(token, wish))

    @router.delete("/{token}", status_code=204)
    async def stop(token: str) -> None:
        """Stop everything; done twice, it is the same."""
        await desk.stop(token)
