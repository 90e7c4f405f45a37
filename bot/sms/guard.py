"""Whether an SMS gets an answer: a flood does not, nor does a machine that answers each of our answers.

Twilio itself stops a loop only at thirty messages in thirty seconds (its code 14107); a slow one goes on all night.
"""

from datetime import timedelta
from enum import StrEnum

from redis.exceptions import RedisError

from bot.guard import rate_of
from bot.meaning.emergency import hazard_in
from core.ratelimit import Rate, RateLimiter
from core.secrets import keyed_digest
from core.text import fold

_SAME_WORDS = Rate(timedelta(minutes=15), burst=4)
_ALL_ANSWERS = Rate(timedelta(minutes=15), burst=40)
_NOTICES = Rate(timedelta(minutes=1))


class Verdict(StrEnum):
    """What a sender gets."""

    ANSWER = "answer"
    NOTICE = "notice"
    SILENCE = "silence"


class SmsGuard:
    """At most `per_minute` messages a minute from one number (a quarter of them at once); 0 = no limit of any kind.

    When Redis is away, residents are served rather than refused.
    """

    def __init__(self, limiter: RateLimiter, per_minute: int, secret_key: str) -> None:
        self._limiter = limiter
        self._secret_key = secret_key
        self._rate = rate_of(per_minute)

    async def verdict(self, sender: str, text: str) -> Verdict:
        """Count a message; the same words again and again get silence, whoever writes too fast is told so first."""
        if self._rate is None:
            return Verdict.ANSWER
        try:
            return await self._judge(self._rate, sender, fold(text))
        except RedisError:
            return Verdict.ANSWER

    async def _judge(self, rate: Rate, sender: str, words: str) -> Verdict:
        if not await self._allows(f"same {sender} {words}", _SAME_WORDS):
            return Verdict.SILENCE
        if hazard_in(words):
            return Verdict.ANSWER
        if not await self._allows(f"minute {sender}", rate):
            is_first = await self._allows(f"notice {sender}", _NOTICES)
            return Verdict.NOTICE if is_first else Verdict.SILENCE
        return Verdict.ANSWER if await self._allows(f"all {sender}", _ALL_ANSWERS) else Verdict.SILENCE

    async def _allows(self, name: str, rate: Rate) -> bool:
        """Count one event; the name holds a number, so only its digest leaves this process."""
        return not await self._limiter.hit(f"sms:{keyed_digest(self._secret_key, name)}", rate)
