"""Signing up and one's own settings, as the JSON routes and the pages both offer them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from fastapi import Request

from api.forms import is_from_elsewhere
from api.limits import READING
from api.problems import Problem
from api.subscription_checks import (
    SignUpWish,
    checked_hours,
    checked_level,
    districts_fault,
    sign_up_faults,
    version_fault,
)
from api.subscription_offer import Offer
from api.subscription_refusals import Refusal, refusals_in_polish
from notifier.subscriptions.own_page import Changes, Overview, OwnPage
from notifier.subscriptions.sign_up import CODE_LASTS, SignUps, Wishes
from notifier.subscriptions.topics import TOPICS, Topic

CODE_MINUTES = int(CODE_LASTS.total_seconds() // 60)
PAGE = "/powiadomienia"
"""Where the pages are; below it lie the residents' own ones."""


class SettingsWish(TypedDict, total=False):
    """What is to be changed; what is left out stays.

    `quiet` are two minutes of the Polish day, or None for no such hours; `paused_until` is an aware moment.
    """

    topics: Collection[str]
    text_version: str
    districts: Collection[str]
    level: int | None
    quiet: tuple[int, int] | None
    paused_until: datetime | None


@dataclass(frozen=True)
class SubscriptionDesk:
    """What the routes work with; `sign_ups` is None while the city sends no SMS.

    Every step raises Refusal with a sentence for the resident.
    """

    sign_ups: SignUps | None
    own_page: OwnPage
    offer: Offer
    public_url: str

    def check_origin(self, request: Request) -> None:
        """Refuse what the page of another site made a browser send; a link from there may be followed.

        Raises:
            Problem: 403.
        """
        if request.method not in READING and is_from_elsewhere(request, self.public_url):
            raise Problem(403, self.offer.say("web_elsewhere"))

    def link(self, token: str) -> str:
        """Return the address of the resident's own page, without the server's name where that is not known."""
        return f"{self.public_url}{PAGE}/{token}"

    async def ask(self, wish: SignUpWish, caller: str) -> str:
        """Send a code and return the ticket of the sign-up."""
        if faults := sign_up_faults(self.offer, wish):
            raise faults[0]
        topics = {topic: wish.text_version for topic in TOPICS if topic in wish.topics}
        districts = wish.districts if "announcements" in topics else ()
        with refusals_in_polish(self.offer):
            return await self._open().ask(wish.phone, Wishes(topics, districts), caller)

    async def ask_again(self, ticket: str, caller: str) -> None:
        """Send another code."""
        with refusals_in_polish(self.offer):
            await self._open().ask_again(ticket, caller)

    async def confirm(self, ticket: str, code: str) -> str:
        """Start what was asked for and return the token of the resident's own page."""
        digits = "".join(code.split())
        if not digits:
            raise Refusal("code", 422, self.offer.say("web_no_code"))
        with refusals_in_polish(self.offer):
            return await self._open().confirm(ticket, digits)

    async def show(self, token: str) -> Overview:
        """Return everything that is on and how."""
        with refusals_in_polish(self.offer):
            return await self.own_page.show(token)

    async def change(self, token: str, wish: SettingsWish) -> Overview:
        """Change what is named, all of it or nothing, and return how it is then."""
        changes = Changes()
        if "topics" in wish:
            changes["topics"] = await self._wanted(token, wish["topics"], wish.get("text_version", ""))
        if "districts" in wish:
            if fault := districts_fault(self.offer, wish["districts"]):
                raise fault
            changes["districts"] = wish["districts"]
        if "level" in wish:
            changes["level"] = checked_level(self.offer, wish["level"])
        if "quiet" in wish:
            changes["quiet"] = checked_hours(self.offer, wish["quiet"])
        if "paused_until" in wish:
            changes["paused_until"] = wish["paused_until"]
        with refusals_in_polish(self.offer):
            return await self.own_page.change(token, changes)

    async def stop(self, token: str) -> None:
        """Stop everything."""
        with refusals_in_polish(self.offer):
            await self.own_page.stop(token)

    async def _wanted(self, token: str, topics: Collection[str], text_version: str) -> dict[Topic, str]:
        """Return the topics that shall be on; who turns one on must have read the present text."""
        if set(topics) - set(TOPICS):
            raise Refusal("topics", 422, self.offer.say("web_no_topic"))
        on = {entry.topic for entry in (await self.show(token)).running}
        if set(topics) - on and (fault := version_fault(self.offer, text_version)):
            raise fault
        return {topic: text_version for topic in TOPICS if topic in topics}

    def _open(self) -> SignUps:
        if self.sign_ups is None:
            raise Refusal("phone", 503, self.offer.say("web_no_sms"))
        return self.sign_ups
