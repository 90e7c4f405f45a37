"""Rate limits by the generic cell rate algorithm (GCRA), kept in Redis so that all processes share them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from redis.asyncio import Redis

# One round trip; the server's own time is used, so clocks of the processes do not matter. The stored value is the
# theoretical arrival time in microseconds. Returns 0 when allowed, else the microseconds to wait.
_GCRA = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = tonumber(ARGV[1])
local tolerance = tonumber(ARGV[2])
local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local early = arrival - now - tolerance
if early > 0 then return math.ceil(early) end
local nxt = arrival + interval
redis.call('SET', KEYS[1], string.format('%.0f', nxt), 'PX', math.ceil((nxt - now) / 1000) + 1)
return 0
"""


@dataclass(frozen=True)
class Rate:
    """At most `burst` events at once and, over time, one per `every`."""

    every: timedelta
    burst: int


class RateLimiter:
    """Counts events per key."""

    def __init__(self, redis: Redis) -> None:
        self._script: Any = redis.register_script(_GCRA)

    async def hit(self, key: str, rate: Rate) -> timedelta:
        """Count one event; return zero when it is allowed, else how long to wait before the next try."""
        interval = rate.every.total_seconds() * 1_000_000
        wait = await self._script(keys=[f"rate:{key}"], args=[interval, interval * (rate.burst - 1)])
        return timedelta(microseconds=int(wait))
