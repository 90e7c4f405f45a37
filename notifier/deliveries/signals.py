"""Signals between processes through Redis: wake-ups and pauses. Losing one costs seconds, never a message."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime

from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.logging import get_logger

_log = get_logger(__name__)

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


async def wake(redis: Redis, channels: Iterable[str]) -> None:
    """Tell the workers of these channels that deliveries are due; call it after the commit."""
    try:
        for channel in channels:
            await redis.publish(f"wake:{channel}", "")
    except RedisError as error:
        _log.warning("no wake-up sent: workers find the deliveries by themselves", error=type(error).__name__)


async def tell(redis: Redis, name: str) -> None:
    """Give a signal that nobody needs to hear."""
    try:
        await redis.publish(name, "")
    except RedisError as error:
        _log.debug("no signal sent", error=type(error).__name__)


class Listener:
    """The signals of one name."""

    def __init__(self, redis: Redis, name: str) -> None:
        self._name = name
        self._pubsub = redis.pubsub(ignore_subscribe_messages=True)

    async def wait(self, seconds: float) -> None:
        """Return at the next signal, at the latest after `seconds`; the first time as soon as it listens."""
        try:
            if not self._pubsub.subscribed:
                await self._pubsub.subscribe(self._name)
            await self._pubsub.get_message(timeout=seconds)
        except RedisError:
            await asyncio.sleep(seconds)

    async def close(self) -> None:
        """Give the connection back."""
        await self._pubsub.aclose()  # type: ignore[no-untyped-call]


class WakeUps(Listener):
    """The wake-ups of one channel."""

    def __init__(self, redis: Redis, channel: str) -> None:
        super().__init__(redis, f"wake:{channel}")


class Pause:
    """The moment until which a channel rests, known to every worker of the channel."""

    def __init__(self, redis: Redis, channel: str) -> None:
        self._redis = redis
        self._key = f"pause:{channel}"
        self._own = _LONG_AGO

    async def until(self) -> datetime:
        """Return the moment; it lies in the past when there is no pause."""
        try:
            shared = await self._redis.get(self._key)
        except RedisError:
            return self._own
        # What Redis has forgotten is over, even if our own clock was set back since and comes to that moment again.
        self._own = datetime.fromisoformat(str(shared)) if shared else _LONG_AGO
        return self._own

    async def begin(self, until: datetime, now: datetime) -> None:
        """Let the channel rest."""
        self._own = max(self._own, until)
        milliseconds = max(1, round((self._own - now).total_seconds() * 1000))
        try:
            await self._redis.set(self._key, self._own.isoformat(), px=milliseconds)
        except RedisError as error:
            _log.warning("the pause is known to this worker only", error=type(error).__name__)
