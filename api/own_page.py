"""`/powiadomienia/{token}`: the resident's own page, changed by a form, stopped by one button, without any script."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from api.dependencies import running_services
from api.forms import Form, read_form
from api.limits import unhurried
from api.pages import page
from api.pages.routing import pages_router
from api.subscription_desk import PAGE, SettingsWish, SubscriptionDesk
from api.subscription_offer import Offer
from api.subscription_refusals import Refusal
from api.subscription_schemas import clock_of, minute_of
from api.web import CHANNEL_NAMES
from content.format import polish_date, polish_moment
from core.clock import Clock, warsaw
from notifier.subscriptions.own_page import Overview

_OWN = PAGE + "/{token}"
_STOP = _OWN + "/wypisz"
_NEW, _CHANGED = "nowe", "zmieniono"
_PAUSES = (1, 7, 30)


def own_page_router(desk: SubscriptionDesk, clock: Clock) -> APIRouter:
    """Return the routes of the page."""
    router = pages_router(Depends(desk.check_origin), Depends(unhurried))
    _add_settings(router, desk, clock)
    _add_stop(router, desk)
    return router


def _add_settings(router: APIRouter, desk: SubscriptionDesk, clock: Clock) -> None:
    def shown(request: Request, token: str, overview: Overview, form: Form, refusal: Refusal | None = None) -> Response:
        return page(
            request,
            running_services(request),
            "powiadomienia_ustawienia.html",
            refusal.status if refusal else 200,
            token=token,
            offer=desk.offer,
            seen=_view(overview, desk.offer),
            form=form,
            errors={refusal.field: refusal.detail} if refusal else {},
            is_new=_NEW in request.query_params,
            is_changed=_CHANGED in request.query_params,
        )

    @router.get(_OWN)
    async def settings(token: str, request: Request) -> Response:
        """Show everything that is on and how."""
        overview = await desk.show(token)
        return shown(request, token, overview, _as_form(overview, desk.offer))

    @router.post(_OWN)
    async def change(token: str, request: Request) -> Response:
        """Keep the form's settings, or show what is wrong with one of them."""
        form = await read_form(request)
        overview = await desk.show(token)
        try:
            await desk.change(token, _wish(form, desk.offer, clock))
        except Refusal as refusal:
            if refusal.field == "token":
                raise
            return shown(request, token, overview, form, refusal)
        return RedirectResponse(f"{PAGE}/{token}?{_CHANGED}=1", 303)


def _add_stop(router: APIRouter, desk: SubscriptionDesk) -> None:
    def shown(request: Request, token: str, *, is_done: bool) -> Response:
        return page(request, running_services(request), "powiadomienia_wypisz.html", token=token, is_done=is_done)

    @router.get(_STOP)
    async def ask_stop(token: str, request: Request) -> Response:
        """Show the one button: a link that a program follows must stop nothing."""
        await desk.show(token)
        return shown(request, token, is_done=False)

    @router.post(_STOP)
    async def stop(token: str, request: Request) -> Response:
        """Stop everything, for a person or (RFC 8058, so without a redirect) for a mail program."""
        await desk.stop(token)
        return shown(request, token, is_done=True)


def _view(overview: Overview, offer: Offer) -> dict[str, Any]:
    """Return what is on in words."""
    choices = overview.choices
    return {
        "channel": CHANNEL_NAMES.get(overview.channel, overview.channel),
        "address": overview.address,
        "topics": [
            {
                "id": entry.topic,
                "name": offer.topic_name(entry.topic),
                "since": polish_date(warsaw(entry.since).date()),
                "level": offer.levels[offer.level(choices.smog_level)],
                "districts": offer.district_names(entry.districts),
            }
            for entry in overview.running
        ],
        "quiet": choices.quiet and (clock_of(choices.quiet.start), clock_of(choices.quiet.end)),
        "paused_until": choices.paused_until and polish_moment(choices.paused_until),
        "pauses": _PAUSES,
    }


def _as_form(overview: Overview, offer: Offer) -> Form:
    """Return the form filled in with how it is now."""
    quiet = overview.choices.quiet
    return Form(
        {
            "topics": [entry.topic for entry in overview.running],
            "districts": [district for entry in overview.running for district in entry.districts],
            "level": [str(offer.level(overview.choices.smog_level))],
            "quiet_from": [clock_of(quiet.start)] if quiet else [],
            "quiet_until": [clock_of(quiet.end)] if quiet else [],
        }
    )


def _wish(form: Form, offer: Offer, clock: Clock) -> SettingsWish:
    """Return what the form asks for.

    Raises:
        Refusal: an hour, a level or a pause that the form does not offer.
    """
    topics = form.all("topics")
    wish = SettingsWish(topics=topics, text_version=form.first("text_version"))
    if "announcements" in topics:
        wish["districts"] = form.all("districts")
    try:
        wish["level"] = int(form.first("level"))
    except ValueError as error:
        raise Refusal("level", 422, offer.say("web_bad_level")) from error
    wish["quiet"] = _quiet(form, offer)
    days = form.first("pause")
    if days.isascii() and days.isdigit() and int(days) in {0, *_PAUSES}:
        wish["paused_until"] = clock.now() + timedelta(days=int(days)) if int(days) else None
    return wish


def _quiet(form: Form, offer: Offer) -> tuple[int, int] | None:
    start, end = form.first("quiet_from"), form.first("quiet_until")
    if not start and not end:
        return None
    try:
        return minute_of(start), minute_of(end)
    except ValueError as error:
        raise Refusal("quiet", 422, offer.say("web_bad_hours")) from error
