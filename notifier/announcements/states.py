"""States of an announcement and the one table of allowed moves: from where, to where, and who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class AnnouncementState(StrEnum):
    """How far an announcement has come."""

    DRAFT = "draft"  # being written, and shown to nobody yet
    IN_REVIEW = "in_review"  # waits for a person who did not write it
    RETURNED = "returned"  # sent back to its author with a reason
    APPROVED = "approved"  # may go out as long as nothing of it changes
    SCHEDULED = "scheduled"  # goes out by itself at its time
    SENDING = "sending"  # on its way to everyone who asked for it
    PAUSED = "paused"  # halted, and may go on
    SENT = "sent"  # nothing of it is left to send
    CANCELLED = "cancelled"  # stopped for good
    EXPIRED = "expired"  # too late to be of use


class Action(StrEnum):
    """What somebody does with an announcement."""

    EDIT = "edit"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    PUBLISH = "publish"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    FINISH = "finish"
    EXPIRE = "expire"


class Role(StrEnum):
    """Who does it: a person of the staff, a program with an API key, or the product itself at a set time."""

    PERSON = "person"
    KEY = "key"
    SYSTEM = "system"


@dataclass(frozen=True)
class Move:
    """One line of the table."""

    sources: frozenset[AnnouncementState]
    target: AnnouncementState
    by: frozenset[Role]


_S, _R = AnnouncementState, Role
_UNSENT = frozenset({_S.DRAFT, _S.IN_REVIEW, _S.RETURNED, _S.APPROVED, _S.SCHEDULED})
_STAFF = frozenset({_R.PERSON, _R.KEY})

MOVES: Mapping[Action, Move] = {
    # Whatever was approved, another wording is a draft again.
    Action.EDIT: Move(_UNSENT, _S.DRAFT, _STAFF),
    Action.SUBMIT: Move(frozenset({_S.DRAFT, _S.RETURNED}), _S.IN_REVIEW, _STAFF),
    # The product returns what turns out, at its time, to be other than what was approved.
    Action.RETURN: Move(frozenset({_S.IN_REVIEW, _S.SCHEDULED}), _S.RETURNED, frozenset({_R.PERSON, _R.SYSTEM})),
    Action.APPROVE: Move(frozenset({_S.IN_REVIEW}), _S.APPROVED, frozenset({_R.PERSON})),
    Action.SCHEDULE: Move(frozenset({_S.APPROVED, _S.SCHEDULED}), _S.SCHEDULED, _STAFF),
    Action.PUBLISH: Move(frozenset({_S.APPROVED, _S.SCHEDULED}), _S.SENDING, frozenset(_R)),
    Action.PAUSE: Move(frozenset({_S.SENDING}), _S.PAUSED, _STAFF),
    Action.RESUME: Move(frozenset({_S.PAUSED}), _S.SENDING, _STAFF),
    Action.CANCEL: Move(_UNSENT | {_S.SENDING, _S.PAUSED}, _S.CANCELLED, frozenset(_R)),
    Action.FINISH: Move(frozenset({_S.SENDING}), _S.SENT, frozenset({_R.SYSTEM})),
    Action.EXPIRE: Move(_UNSENT | {_S.PAUSED}, _S.EXPIRED, frozenset({_R.SYSTEM})),
}

PUBLISHED = frozenset({_S.SENDING, _S.PAUSED, _S.SENT})
"""States of what residents may already have read."""

EDITABLE = MOVES[Action.EDIT].sources
