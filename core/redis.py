"""Redis: a real server, or one inside the process. Nothing durable ever lives there."""

from fakeredis import FakeAsyncRedis
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

# On a request's path a slow Redis must fail at once: the library's default retries turn 1 s into 13-15 s.
_TIMEOUT_SECONDS = 1.0


def open_redis(url: str | None) -> Redis:
    """Return a client of the server at `url`, or of a server inside this process when there is none."""
    if url is None:
        embedded: Redis = FakeAsyncRedis(decode_responses=True)
        return embedded
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_timeout=_TIMEOUT_SECONDS,
        socket_connect_timeout=_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=30,
    )
