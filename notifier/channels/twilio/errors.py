"""What Twilio's refusals mean for a message (codes: twilio.com/docs/api/errors).

A refusal that depends on the recipient never stops the channel: one number would silence the city.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError

from notifier.channels.base import (
    Misconfigured,
    Outcome,
    RecipientGone,
    RecipientStopped,
    Rejected,
    Retryable,
    Throttled,
    Unanswered,
)

Refusal = type[Misconfigured] | type[RecipientGone] | type[Rejected] | type[Retryable] | type[Throttled]

_LATER: Mapping[int, timedelta] = {
    # Twilio asks to wait half an hour until a phone is on again.
    30003: timedelta(minutes=30),
    30008: timedelta(minutes=10),
    30500: timedelta(minutes=5),
    60005: timedelta(minutes=5),
}

REST = timedelta(seconds=10)
"""How long the channel rests when Twilio names too many messages."""

CODES: Mapping[int, Refusal] = {
    10001: Misconfigured,  # the account is not active
    20003: Misconfigured,  # wrong credentials, or the account is suspended
    20005: Misconfigured,  # the account is not active
    20006: Misconfigured,  # access denied
    20008: Misconfigured,  # test credentials
    20404: Misconfigured,  # no such account: the path names nothing else
    20429: Throttled,  # too many requests
    20503: Retryable,  # service unavailable
    21211: RecipientGone,  # invalid To
    21212: Misconfigured,  # invalid From
    21217: RecipientGone,  # not a valid number
    21265: Rejected,  # To is a short code
    21266: Rejected,  # To and From are the same
    21408: Rejected,  # the country of To is not enabled
    21602: Rejected,  # no body
    21603: Misconfigured,  # no From
    21604: Rejected,  # no To
    21606: Misconfigured,  # From cannot send messages
    21608: Rejected,  # a trial account and a number not verified
    21609: Misconfigured,  # invalid StatusCallback
    21610: RecipientStopped,  # the resident sent STOP
    21611: Throttled,  # the queue of From is full
    21612: Rejected,  # To cannot be reached from From
    21614: RecipientGone,  # To is no mobile number
    21617: Rejected,  # the body is too long
    21618: Rejected,  # the body cannot be sent
    21619: Rejected,  # neither body nor media
    21635: RecipientGone,  # To is a landline
    21659: Misconfigured,  # From is no number of Twilio's
    21660: Misconfigured,  # From belongs to another account
    21661: Misconfigured,  # From cannot send SMS
    21701: Misconfigured,  # no such messaging service
    21703: Rejected,  # the messaging service has no sender for To
    21704: Misconfigured,  # the messaging service has no sender at all
    21705: Misconfigured,  # invalid messaging service
    30001: Throttled,  # the queue is full
    30002: Misconfigured,  # the account is suspended
    30003: Retryable,  # the phone is off or out of reach
    30004: Rejected,  # blocked by the recipient or the network
    30005: RecipientGone,  # unknown number
    30006: RecipientGone,  # a landline, or a network that cannot be reached
    30007: Rejected,  # taken for spam
    30008: Rejected,  # unknown
    30500: Retryable,  # a fault at Twilio
    60005: Retryable,  # a fault of the network
    63017: Throttled,  # the account sends too fast
    63018: Throttled,  # the sender sends too fast
}

NEEDS_STAFF = frozenset({21408, 21608, 21612, 21617, 21703, 30007})
"""Refusals of one message behind which stands a setting, a sender or a text that only people can change."""

# For answers without a code that we know.
_STATUSES: Mapping[int, Refusal] = {
    401: Misconfigured,
    404: Misconfigured,
    408: Retryable,
    429: Throttled,
    503: Retryable,
}


def refused(status: int, code: int | None, now: datetime) -> Outcome:
    """Return what an error answer means: its HTTP status, and Twilio's own code where it has one."""
    kind = CODES.get(code or status) or _STATUSES.get(status)
    said = str(code or status)
    if kind is None:
        # A server may fail after it accepted the message.
        return Unanswered(said) if status >= 500 else Rejected(said)
    if issubclass(kind, Throttled):
        return Throttled(now + REST)
    if issubclass(kind, Rejected):
        return Rejected(said, needs_staff=code in NEEDS_STAFF)
    return Retryable(said, _LATER.get(code or 0, timedelta(0))) if issubclass(kind, Retryable) else kind(said)


def not_answered(error: ClientError | TimeoutError) -> Outcome:
    """Return what a failure of the wire means: only without a connection it is certain that nothing was sent."""
    name = type(error).__name__
    if isinstance(error, ClientConnectorError | ConnectionTimeoutError):
        return Retryable(name)
    return Unanswered(name)


def ends_contact(code: str) -> bool:
    """Whether a code in a status report says that nothing more can be sent to the number."""
    return CODES.get(_number(code)) is RecipientGone


def says_stop(code: str) -> bool:
    """Whether a code in a status report says that the resident told the provider STOP."""
    return CODES.get(_number(code)) is RecipientStopped


def needs_staff(code: str) -> bool:
    """Whether a code in a status report is one that people must do something about."""
    return _number(code) in NEEDS_STAFF


def worth_another_try(code: str) -> timedelta | None:
    """Return how long after a failed report another message may get through, None where it will not."""
    return _LATER.get(_number(code))


def _number(code: str) -> int:
    """Return a code as a number, 0 for what is none."""
    return int(code) if code.isascii() and code.isdigit() else 0
