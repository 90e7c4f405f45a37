"""Takes updates from Telegram in: each is stored before Telegram hears that it arrived."""

import asyncio
from collections.abc import Iterable
from typing import Any, TypeGuard

from bot.telegram.repository import store
from core.clock import Clock
from core.database import Database

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that are asked for; others are dropped."""

_LARGEST_ID = 2**52
"""The Bot API promises ids of at most 52 significant bits."""


class Intake:
    """Stores updates; `stored` is set whenever something new may wait for an answer."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.stored = asyncio.Event()

    async def accept(self, updates: Iterable[dict[str, Any]]) -> int:
        """Store updates in one transaction; duplicates, whose number is returned, and what belongs to no chat are not.

        An update that is stored will be answered, whatever happens to this process.
        """
        repeated = 0
        async with self._database.write() as session:
            for raw in updates:
                update_id, chat_id = raw.get("update_id"), _chat_id(raw)
                if _is_id(update_id) and chat_id is not None:
                    repeated += not await store(session, update_id, chat_id, raw, self._clock.now())
        self.stored.set()
        return repeated


def _chat_id(raw: dict[str, Any]) -> int | None:
    """Return the chat an update belongs to, or None when it is of no kind that is answered."""
    for kind in ALLOWED_UPDATES:
        found: Any = raw.get(kind)
        for step in ("message", "chat", "id") if kind == "callback_query" else ("chat", "id"):
            found = found.get(step) if isinstance(found, dict) else None
        if _is_id(found):
            return found
    return None


def _is_id(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST_ID
