"""States of a message left for the office and the one table of allowed moves."""

from collections.abc import Mapping
from enum import StrEnum


class HandoffState(StrEnum):
    """How far the office has come with a message."""

    OPEN = "open"  # nobody has taken it on
    ASSIGNED = "assigned"  # somebody works on it
    ANSWERED = "answered"  # at least one reply was written
    CLOSED = "closed"  # over; deleted when its time to be kept has passed


_S = HandoffState

MOVES: Mapping[HandoffState, frozenset[HandoffState]] = {
    _S.OPEN: frozenset({_S.ASSIGNED, _S.CLOSED}),
    # Assigned again: somebody else takes it on.
    _S.ASSIGNED: frozenset({_S.ASSIGNED, _S.ANSWERED, _S.CLOSED}),
    _S.ANSWERED: frozenset({_S.ASSIGNED, _S.ANSWERED, _S.CLOSED}),
    _S.CLOSED: frozenset(),
}
