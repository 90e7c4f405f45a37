"""What is refused about subscriptions: a problem for programs, and on a page a sentence beside its field."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from api.problems import Problem
from api.subscription_offer import Offer
from core.errors import HubError
from notifier.subscriptions.addresses import AddressFault, AddressRefusedError
from notifier.subscriptions.choices import LONGEST_PAUSE, ChoiceRefusedError
from notifier.subscriptions.own_page import NoAnnouncementsError, UnknownLinkError
from notifier.subscriptions.service import SuppressedError
from notifier.subscriptions.sign_up import BudgetSpentError, CodeExpiredError, CodesRefusedError, WrongCodeError


class Refusal(Problem):
    """A problem of one field of the form."""

    def __init__(self, field: str, status: int, detail: str, wait: timedelta | None = None) -> None:
        headers = {"Retry-After": str(math.ceil(wait.total_seconds()))} if wait else None
        super().__init__(status, detail, headers)
        self.field = field


@contextmanager
def refusals_in_polish(offer: Offer) -> Iterator[None]:
    """Turn what subscriptions refuse into a sentence of the city pack."""
    try:
        yield
    except HubError as error:
        refusal = _refusal(error, offer)
        if refusal is None:
            raise
        raise refusal from error


def _refusal(error: HubError, offer: Offer) -> Refusal | None:
    refusal = None
    match error:
        case AddressRefusedError(fault=fault):
            sentence = "web_no_phone" if fault is AddressFault.EMPTY else f"refused_{fault}"
            refusal = Refusal("phone", 422, offer.say(sentence))
        case CodesRefusedError(wait=wait):
            minutes = math.ceil(wait / timedelta(minutes=1))
            refusal = Refusal("code", 429, offer.say("code_too_many", minutes=minutes), wait)
        case BudgetSpentError(wait=wait):
            refusal = Refusal("code", 503, offer.say("code_spent"), wait)
        case WrongCodeError(tries_left=tries):
            refusal = Refusal("code", 422, offer.say("code_wrong", tries=tries))
        case CodeExpiredError():
            refusal = Refusal("code", 410, offer.say("code_expired"))
        case UnknownLinkError():
            refusal = Refusal("token", 404, offer.say("web_unknown_link"))
        case NoAnnouncementsError():
            refusal = Refusal("districts", 422, offer.setting("no_announcements"))
        case SuppressedError():
            refusal = Refusal("topics", 409, offer.say("web_complaint"))
        case ChoiceRefusedError():
            # Level and districts are checked before: what is left is the pause.
            refusal = Refusal("pause", 422, offer.say("web_bad_pause", days=LONGEST_PAUSE.days))
    return refusal
