"""Keeps one caller from flooding the chat; when Redis is away, residents are served rather than refused."""

import math
from datetime import timedelta

from redis.exceptions import RedisError

from core.ratelimit import Claim, Rate, RateLimiter
from core.secrets import keyed_digest


def rate_of(per_minute: int) -> Rate | None:
    """Return the rate of so many messages a minute, a quarter of them at once; None for 0: no limit."""
    return Rate(timedelta(minutes=1) / per_minute, burst=max(1, per_minute // 4)) if per_minute > 0 else None


class ChatGuard:
    """At most `per_minute` messages a minute from one address and in one conversation, a quarter of them at once.

    0 = no limit.
    """

    def __init__(self, limiter: RateLimiter, per_minute: int, secret_key: str) -> None:
        self._limiter = limiter
        self._secret_key = secret_key
        self._rate = rate_of(per_minute)

    async def seconds_to_wait(self, address: str, conversation: str | None = None) -> int:
        """Count a message from an address in a conversation; return 0 when it may pass, else whole seconds to wait."""
        if self._rate is None:
            return 0
        names = [address, f"conversation:{conversation}"] if conversation else [address]
        claims = [Claim(f"chat:{keyed_digest(self._secret_key, name)}", self._rate) for name in names]
        try:
            answer = await self._limiter.reserve(claims)
        except RedisError:
            return 0
        return math.ceil(answer.wait.total_seconds())
