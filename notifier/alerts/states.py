"""States of a message about smog."""

from enum import StrEnum


class MessageState(StrEnum):
    """Where a message stands; only a held one can still change."""

    HELD = "held"  # waits for a person, at the longest until its deadline
    SENT = "sent"  # handed to the deliveries
    REJECTED = "rejected"  # a person decided that it must not go out
    LAPSED = "lapsed"  # nobody decided in time, and the rule says that silence means no, or it was stale by then
    WITHDRAWN = "withdrawn"  # overtaken before a decision: it got worse, or it is over
