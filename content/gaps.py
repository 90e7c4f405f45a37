"""What the assistant does not know yet, and facts that are due for a check: the list that staff work off."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from content.intents import all_intents
from content.texts import Texts


class Reason(StrEnum):
    """Why something is on the list."""

    THIN = "thin"  # the answer still says honestly that it does not know
    UNCONFIRMED = "unconfirmed"  # known from a weak source, so not shown
    MISSING = "missing"  # not found in any source
    OLD = "old"  # shown with a date that is long ago
    EXPIRED = "expired"  # no longer in force, so not shown
    UNFIT_EDIT = "unfit_edit"  # an edited text whose {fields} are not those of this release, so not used


@dataclass(frozen=True)
class Gap:
    """One entry: `place` is the file or "texts", `item` the intent, fact or detail, `title` its name for people."""

    reason: Reason
    place: str
    item: str
    title: str
    since: date | None = None


Finder = Callable[[date], Iterable[Gap]]
"""Finds the gaps of one topic as of a day in Poland."""


def gaps(texts: Texts, day: date, *finders: Finder) -> tuple[Gap, ...]:
    """Return all gaps: thin answers first, then edits that do not fit, then what each topic finds."""
    thin = (Gap(Reason.THIN, "texts", intent, all_intents()[intent].title) for intent in texts.thin())
    unfit = (
        Gap(Reason.UNFIT_EDIT, "texts", f"{intent}.{name}", all_intents()[intent].title) for intent, name in texts.unfit
    )
    return (*thin, *unfit, *(gap for finder in finders for gap in finder(day)))
