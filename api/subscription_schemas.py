"""The JSON of subscriptions: what programs send, and what they get."""

from typing import Annotated, Any, cast

from pydantic import AwareDatetime, BaseModel, Field

from api.subscription_checks import SignUpWish
from api.subscription_desk import SettingsWish
from api.subscription_offer import Offer
from content.format import iso
from notifier.subscriptions.own_page import Overview

_Ids = Annotated[list[str], Field(max_length=100)]
_Hour = Annotated[str, Field(pattern=r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$")]


class _Payload(BaseModel, frozen=True, extra="forbid", strict=True):
    """A body, in exactly these fields and types."""


class SignUpPayload(_Payload):
    """A sign-up; `text_version` names the consent that was shown, as `GET` gave it."""

    phone: Annotated[str, Field(max_length=40)]
    topics: _Ids
    districts: _Ids = []
    consent: bool
    text_version: str

    def wish(self) -> SignUpWish:
        """Return the wish that it describes."""
        return SignUpWish(self.phone, tuple(self.topics), tuple(self.districts), self.consent, self.text_version)


class CodePayload(_Payload):
    """The code that came by SMS."""

    code: Annotated[str, Field(max_length=20)]


class QuietPayload(_Payload):
    """Hours of the Polish day, such as 22:00 to 6:00, in which only severe alerts come."""

    start: _Hour = Field(alias="from")
    end: _Hour = Field(alias="until")


class SettingsPayload(_Payload):
    """What is to be changed; what is left out stays, and null takes a choice back.

    `topics` are all that shall be on; for one that is not on yet `text_version` names the text that was read.
    """

    topics: _Ids = []
    text_version: str = ""
    districts: _Ids = []
    level: int | None = None
    quiet_hours: QuietPayload | None = None
    paused_until: AwareDatetime | None = None

    def wish(self) -> SettingsWish:
        """Return the changes that it names."""
        wish = cast("SettingsWish", self.model_dump(include=self.model_fields_set - {"quiet_hours"}))
        if "quiet_hours" in self.model_fields_set:
            hours = self.quiet_hours
            wish["quiet"] = (minute_of(hours.start), minute_of(hours.end)) if hours else None
        return wish


def minute_of(clock: str) -> int:
    """Return the minute of the day of a time such as „22:00”.

    Raises:
        ValueError: it is no time.
    """
    hour, _, minute = clock.partition(":")
    if not 0 <= int(minute) < 60:
        message = "an hour has 60 minutes"
        raise ValueError(message)
    return int(hour) * 60 + int(minute)


def clock_of(minute: int) -> str:
    """Return a minute of the day as „22:00”."""
    return f"{minute // 60:02}:{minute % 60:02}"


def offer_json(offer: Offer) -> dict[str, Any]:
    """Return what can be signed up for, and the consent that has to be shown."""
    return {
        "consent": offer.consent,
        "text_version": offer.text_version,
        "topics": [{"id": topic.id, "name": topic.name, "text": topic.text} for topic in offer.topics],
        "districts": [{"id": district, "name": name} for district, name in offer.districts.items()],
        "levels": [{"level": level, "name": name} for level, name in offer.levels.items()],
    }


def overview_json(overview: Overview) -> dict[str, Any]:
    """Return everything that is on and how; moments carry the Polish offset."""
    choices = overview.choices
    quiet = choices.quiet
    return {
        "channel": overview.channel,
        "address": overview.address,
        "topics": [
            {"id": entry.topic, "since": iso(entry.since), "districts": list(entry.districts)}
            for entry in overview.running
        ],
        "level": choices.smog_level,
        "quiet_hours": {"from": clock_of(quiet.start), "until": clock_of(quiet.end)} if quiet else None,
        "paused_until": iso(choices.paused_until),
    }
