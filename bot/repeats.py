"""A message that is sent again because its answer got lost on the way is answered once."""

import asyncio
from base64 import b64decode, b64encode
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.crypto import AddressVault, UnsealError

KEPT = timedelta(minutes=10)
"""How long an answer waits to be asked for again."""

_IN_WORK = timedelta(seconds=30)
_LOOK_SECONDS = 0.05
_NOT_YET = ""


class Repeats:
    """Keeps each answer for a while under the key of its message, encrypted; without Redis nothing is remembered."""

    def __init__(self, redis: Redis, vault: AddressVault) -> None:
        self._redis = redis
        self._vault = vault

    async def answered(self, key: str) -> str | None:
        """Return the answer given under a key, waiting for one in work; None: the caller is to answer now."""
        name = self._name(key)
        try:
            while not await self._redis.set(name, _NOT_YET, nx=True, px=_IN_WORK):
                if found := await self._redis.get(name):
                    return self._vault.open(b64decode(found), name)
                await asyncio.sleep(_LOOK_SECONDS)
        except (RedisError, UnsealError):
            return None
        return None

    async def keep(self, key: str, answer: str | None) -> None:
        """Keep what was answered; None, after a failure, lets the message be answered anew."""
        name = self._name(key)
        try:
            if answer is None:
                await self._redis.delete(name)
            else:
                await self._redis.set(name, b64encode(self._vault.seal(answer, name)).decode(), px=KEPT)
        except RedisError:
            return

    def _name(self, key: str) -> str:
        return f"repeat:{self._vault.digest(f'repeat:{key}')}"
