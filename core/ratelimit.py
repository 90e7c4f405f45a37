"""Rate limits by the generic cell rate algorithm (GCRA), kept in Redis so that all processes share them.

One call may ask for room under several limits at once and gets all or nothing. What is asked for may cost more than one
event (an SMS of three parts), and may be reserved a little ahead: the answer says how long to wait before acting.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from redis.asyncio import Redis

# One round trip; the server's own time is used, so clocks of the processes do not matter. The stored value is the
# theoretical arrival time in microseconds. Returns whether it is granted, the microseconds to wait, and which limit
# makes wait the longest.
_GCRA = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local start, strictest = now, 1
local arrivals = {}
for i, key in ipairs(KEYS) do
  arrivals[i] = tonumber(redis.call('GET', key) or 0)
  local earliest = arrivals[i] - tonumber(ARGV[3 * i])
  if earliest > start then start, strictest = earliest, i end
end
local wait = math.ceil(start - now)
if wait > tonumber(ARGV[1]) then return {0, wait, strictest} end
for i, key in ipairs(KEYS) do
  local nxt = math.ceil(math.max(arrivals[i], start) + tonumber(ARGV[3 * i - 1]) * tonumber(ARGV[3 * i + 1]))
  redis.call('SET', key, string.format('%.0f', nxt), 'PX', math.ceil((nxt - now) / 1000) + 1)
end
return {1, wait, strictest}
"""
_NOTHING = timedelta(0)


@dataclass(frozen=True)
class Rate:
    """At most `burst` events at once and, over time, one per `every`."""

    every: timedelta
    burst: int = 1


@dataclass(frozen=True)
class Claim:
    """Room for `cost` events under one limit; what shares the key shares the limit."""

    key: str
    rate: Rate
    cost: int = 1


@dataclass(frozen=True)
class Reservation:
    """The answer to claims: when `granted` act after `wait`, else ask again after it; `key` is the strictest limit."""

    granted: bool
    wait: timedelta
    key: str


class RateLimiter:
    """Counts events per key for every process."""

    def __init__(self, redis: Redis) -> None:
        self._script: Any = redis.register_script(_GCRA)

    async def hit(self, key: str, rate: Rate) -> timedelta:
        """Count one event; return zero when it is allowed, else how long to wait before the next try."""
        return (await self.reserve([Claim(key, rate)])).wait

    async def reserve(self, claims: Sequence[Claim], longest: timedelta = _NOTHING) -> Reservation:
        """Take room under every limit, or under none when that means to wait for more than `longest`.

        Raises:
            redis.exceptions.RedisError: Redis does not answer.
        """
        arguments = [_micro(longest)]
        for claim in claims:
            every = _micro(claim.rate.every)
            arguments += [every, every * (claim.rate.burst - 1), claim.cost]
        keys = [f"rate:{claim.key}" for claim in claims]
        granted, wait, strictest = await self._script(keys=keys, args=arguments)
        return Reservation(bool(granted), timedelta(microseconds=int(wait)), claims[int(strictest) - 1].key)


class LocalLimiter:
    """The same algorithm for one process alone; `monotonic` returns seconds that only ever grow."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._arrivals: dict[str, float] = {}

    async def reserve(self, claims: Sequence[Claim], longest: timedelta = _NOTHING) -> Reservation:
        """Take room under every limit, or under none when that means to wait for more than `longest`."""
        now = self._monotonic()
        self._arrivals = {key: arrival for key, arrival in self._arrivals.items() if arrival > now}
        starts = [self._arrivals.get(claim.key, now) - _tolerance(claim.rate) for claim in claims]
        start = max(now, *starts)
        wait, key = timedelta(seconds=start - now), claims[starts.index(max(starts))].key
        if wait > longest:
            return Reservation(granted=False, wait=wait, key=key)
        for claim in claims:
            arrival = max(self._arrivals.get(claim.key, now), start)
            self._arrivals[claim.key] = arrival + claim.rate.every.total_seconds() * claim.cost
        return Reservation(granted=True, wait=wait, key=key)


def _tolerance(rate: Rate) -> float:
    return rate.every.total_seconds() * (rate.burst - 1)


def _micro(duration: timedelta) -> float:
    return duration.total_seconds() * 1_000_000
