"""Whom a message is for, and why somebody does not get it."""

from dataclasses import dataclass
from enum import StrEnum


class Exclusion(StrEnum):
    """Why a contact does not get a message; the first that holds is named, in this order."""

    STOPPED = "stopped"  # asked for nothing more, or complained
    GONE = "gone"  # the provider can no longer reach the address
    PAUSED = "paused"  # wants nothing for some days
    NO_CONSENT = "no_consent"  # did not ask for the topic
    OTHER_DISTRICT = "other_district"  # asked only for districts that the message is not about
    HIGHER_THRESHOLD = "higher_threshold"  # wants alerts only when the air is worse than now
    NOT_FOLLOWED = "not_followed"  # was sent none of the broadcasts that this one follows


@dataclass(frozen=True)
class Audience:
    """Filters over contacts; an empty set asks for nothing in particular, so it lets everyone through.

    `level` is the index level that an alert is about: it reaches whoever set this threshold or a lower one. `follows`
    names broadcasts whose recipients alone are meant (a correction, an all-clear).
    """

    topics: frozenset[str]
    channels: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    level: int | None = None
    follows: frozenset[int] = frozenset()
