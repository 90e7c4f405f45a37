"""What can be told about a wish before anything is asked of the database."""

from collections.abc import Collection
from dataclasses import dataclass

from api.subscription_offer import Offer
from api.subscription_refusals import Refusal, refusals_in_polish
from notifier.subscriptions.addresses import normalise
from notifier.subscriptions.choices import MOST_DISTRICTS
from notifier.subscriptions.quiet import QuietHours
from notifier.subscriptions.topics import TOPICS


@dataclass(frozen=True)
class SignUpWish:
    """What a resident fills in; `text_version` is of the consent that was shown."""

    phone: str
    topics: tuple[str, ...]
    districts: tuple[str, ...]
    consent: bool
    text_version: str


def sign_up_faults(offer: Offer, wish: SignUpWish) -> list[Refusal]:
    """Return everything that is wrong with a sign-up, in the order of the form."""
    has_topics = bool(wish.topics) and set(wish.topics) <= set(TOPICS)
    faults = [
        None if has_topics else Refusal("topics", 422, offer.say("web_no_topic")),
        districts_fault(offer, wish.districts),
        _phone_fault(offer, wish.phone),
        version_fault(offer, wish.text_version)
        if wish.consent
        else Refusal("consent", 422, offer.say("web_no_consent")),
    ]
    return [fault for fault in faults if fault]


def districts_fault(offer: Offer, districts: Collection[str]) -> Refusal | None:
    """Return what is wrong with a choice of districts."""
    if not set(districts) <= offer.districts.keys():
        return Refusal("districts", 422, offer.setting("unknown_district"))
    if len(set(districts)) > MOST_DISTRICTS:
        return Refusal("districts", 422, offer.say("web_too_many_districts", most=MOST_DISTRICTS))
    return None


def version_fault(offer: Offer, version: str) -> Refusal | None:
    """Return that another text than the present one was agreed to."""
    return None if version == offer.text_version else Refusal("consent", 409, offer.say("web_text_changed"))


def checked_level(offer: Offer, level: int | None) -> int | None:
    """Return a level that is offered, None for every alert.

    Raises:
        Refusal: it is not offered.
    """
    if level is not None and level not in offer.levels:
        raise Refusal("level", 422, offer.say("web_bad_level"))
    return level


def checked_hours(offer: Offer, minutes: tuple[int, int] | None) -> QuietHours | None:
    """Return quiet hours of two minutes of the Polish day, None for none.

    Raises:
        Refusal: no day has them, or both are the same.
    """
    try:
        return QuietHours(*minutes) if minutes else None
    except ValueError as error:
        raise Refusal("quiet", 422, offer.say("web_bad_hours")) from error


def _phone_fault(offer: Offer, phone: str) -> Refusal | None:
    try:
        with refusals_in_polish(offer):
            normalise("sms", phone)
    except Refusal as refusal:
        return refusal
    return None
