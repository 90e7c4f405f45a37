"""Limits of SMS: parts a second as the sender's number carries them, and messages to one number or range of numbers.

The last two stop whoever signs strange numbers up to earn from each SMS ("SMS pumping").
"""

from dataclasses import dataclass
from datetime import timedelta

from core.ratelimit import Claim, Rate
from notifier.limits.port import Recipient, Refused
from notifier.limits.shared import SharedLimiter

_AHEAD = timedelta(milliseconds=500)
# +48 601 23x xxx: ten thousand numbers, of which a city's subscribers have few.
_RANGE_CHARACTERS = 8


@dataclass(frozen=True)
class SmsCaps:
    """How much goes out at most: parts a second, messages in any 24 hours to a number, in any hour to a range."""

    parts_per_second: float = 10
    per_number_a_day: int = 10
    per_range_an_hour: int = 60


class SmsLimits:
    """The limits of one sender of SMS."""

    def __init__(self, limiter: SharedLimiter, caps: SmsCaps) -> None:
        self._limiter = limiter
        self.per_second = caps.parts_per_second
        self._parts = Rate(timedelta(seconds=1) / caps.parts_per_second)
        self._number = _at_most(caps.per_number_a_day, timedelta(days=1))
        self._range = _at_most(caps.per_range_an_hour, timedelta(hours=1))

    async def admit(self, recipient: Recipient, parts: int) -> Refused | None:
        """Return None as soon as the message may be sent, or the cap that its recipient has reached."""
        number = Claim(f"sms:number:{recipient.digest}", self._number)
        numbers = Claim(f"sms:range:{recipient.address[:_RANGE_CHARACTERS]}", self._range)
        claims = [Claim("sms:parts", self._parts, parts), number, numbers]
        return await self._limiter.wait(claims, _AHEAD, {number.key: "number_cap", numbers.key: "range_cap"})


def _at_most(count: int, window: timedelta) -> Rate:
    """Return the rate that never lets more than `count` through in any `window`: half at once, half over time."""
    at_once = max(1, count // 2)
    return Rate(window / max(1, count - at_once), at_once)
