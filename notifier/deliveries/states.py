"""States of a delivery and the one table of allowed moves."""

from collections.abc import Mapping
from enum import StrEnum


class DeliveryState(StrEnum):
    """Where a delivery is on its way."""

    PENDING = "pending"  # waits for its turn, or for its next try
    LEASED = "leased"  # a worker has it until due_at; after that it is due again
    SENT = "sent"  # the provider accepted it
    DELIVERED = "delivered"  # the provider's receipt says that it arrived
    FAILED = "failed"  # refused for good, or too many tries
    GONE = "gone"  # the resident can no longer be reached there, or has unsubscribed
    EXPIRED = "expired"  # too late to be of use
    CANCELLED = "cancelled"  # the broadcast was cancelled before its turn came
    UNKNOWN = "unknown"  # a call was started and no answer recorded; the provider is asked, if it can be


_S = DeliveryState

MOVES: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    _S.PENDING: frozenset({_S.LEASED, _S.EXPIRED, _S.CANCELLED, _S.UNKNOWN}),
    _S.LEASED: frozenset({_S.LEASED, _S.PENDING, _S.SENT, _S.FAILED, _S.GONE, _S.EXPIRED, _S.CANCELLED, _S.UNKNOWN}),
    _S.UNKNOWN: frozenset({_S.SENT, _S.DELIVERED, _S.FAILED}),
    _S.SENT: frozenset({_S.DELIVERED, _S.FAILED}),
    _S.DELIVERED: frozenset(),
    # A phone may come back after the network gave it up, and what arrived has arrived.
    _S.FAILED: frozenset({_S.DELIVERED}),
    _S.GONE: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.CANCELLED: frozenset(),
}

# Written out, because a partial index serves only a query that states the same condition as a constant.
IS_OPEN = f"state IN ('{_S.PENDING}', '{_S.LEASED}')"
