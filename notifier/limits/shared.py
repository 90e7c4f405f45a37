"""One limit for all processes through Redis; without Redis each process keeps to a part of it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.breaker import CircuitBreaker
from core.clock import Clock
from core.logging import get_logger
from core.ratelimit import Claim, LocalLimiter, Rate, RateLimiter, Reservation
from notifier.limits.port import Refused

_log = get_logger(__name__)

# Processes cannot count each other's calls then, so each takes no more than if there were that many of them.
_PROCESSES = 4
# A Redis that hangs costs a second each time it is asked.
_ASK_AGAIN = timedelta(seconds=5)

Sleep = Callable[[float], Awaitable[None]]


class SharedLimiter:
    """Waits for room under limits; `sleep` takes seconds."""

    def __init__(self, redis: Redis, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._limiter = RateLimiter(redis)
        self._local = LocalLimiter(clock.monotonic)
        self._breaker = CircuitBreaker(1, _ASK_AGAIN, clock)
        self._sleep = sleep

    async def wait(self, claims: Sequence[Claim], longest: timedelta, codes: Mapping[str, str]) -> Refused | None:
        """Return None when the call may be made, or the refusal of a limit whose key has one of `codes`.

        Room is taken at most `longest` ahead, so that nobody who comes later waits longer than that for us.
        """
        while True:
            reserved = await self._reserve(claims, longest)
            if reserved.granted:
                await self.sleep(reserved.wait)
                return None
            if reserved.key in codes:
                return Refused(codes[reserved.key], reserved.wait)
            await self.sleep(reserved.wait - longest)

    async def take(self, claim: Claim) -> timedelta:
        """Take room that is free now and return zero, or take none and return how long until there is any."""
        reserved = await self._reserve([claim], timedelta(0))
        return timedelta(0) if reserved.granted else reserved.wait

    async def sleep(self, duration: timedelta) -> None:
        """Let time pass."""
        await self._sleep(duration.total_seconds())

    async def _reserve(self, claims: Sequence[Claim], longest: timedelta) -> Reservation:
        if self._breaker.allow():
            try:
                reserved = await self._limiter.reserve(claims, longest)
            except RedisError as error:
                self._breaker.failed()
                _log.warning("Redis is away: sending slowly, counted in this process", error=type(error).__name__)
            else:
                self._breaker.succeeded()
                return reserved
        return await self._local.reserve([_slow(claim) for claim in claims], longest * _PROCESSES)


def _slow(claim: Claim) -> Claim:
    rate = Rate(claim.rate.every * _PROCESSES, max(1, claim.rate.burst // _PROCESSES))
    return Claim(claim.key, rate, claim.cost)
