"""Answers stored updates: of one chat in order, of many chats side by side, across restarts."""

import asyncio
import traceback
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from aiogram.types import Update
from pydantic import ValidationError

from bot.guard import ChatGuard
from bot.telegram import wording
from bot.telegram.courier import (
    KEY_MARK,
    ChatGoneError,
    Courier,
    RejectedError,
    ThrottledError,
    UnreachableError,
    callback_data,
)
from bot.telegram.models import State
from bot.telegram.reading import Address, Heard, is_in_group, read
from bot.telegram.renderer import Outgoing
from bot.telegram.repository import (
    Claimed,
    claim,
    finish,
    has_due,
    keep_answer,
    keep_payloads,
    mark_sent,
    payload_of,
    postpone,
)
from bot.telegram.talk import Talk
from core.clock import Clock
from core.database import Database
from core.logging import get_logger

_log = get_logger(__name__)

AT_ONCE = 16
"""Chats that are answered side by side."""
_LOOK_SECONDS = 1.0
_ATTEMPT_SECONDS = 45
# Longer than any attempt: a lease that has ended belongs to a process that died.
_LEASE = timedelta(seconds=60)
_MAX_ATTEMPTS = 3
# While Telegram is away: 2, 4, 8 … 128 seconds, about four minutes in all.
_MAX_ATTEMPTS_UNREACHABLE = 8
_LIMITS: dict[type[Exception], int] = {UnreachableError: _MAX_ATTEMPTS_UNREACHABLE, RejectedError: 0}


class Inbox:
    """Takes up what the intake stored; any number of processes may share the work."""

    def __init__(self, database: Database, clock: Clock, talk: Talk, courier: Courier, guard: ChatGuard) -> None:
        self._database = database
        self._clock = clock
        self._talk = talk
        self._courier = courier
        self._guard = guard
        self._running: set[asyncio.Task[None]] = set()

    async def run(self, stored: asyncio.Event, stop: asyncio.Event) -> None:
        """Answer until `stop` is set, then finish what is being answered; `stored` calls for a look at once."""
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            stored.clear()
            try:
                await self.start_due()
            except Exception as error:
                _log.error("cannot look for messages to answer", error=type(error).__name__, trace=_trace(error))
            waiting = asyncio.create_task(stored.wait())
            events = {stopping, waiting, *self._running}
            await asyncio.wait(events, timeout=_LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
        await asyncio.gather(*self._running)

    async def start_due(self) -> set[asyncio.Task[None]]:
        """Start answering what is due, as far as there is room; return everything that is being answered."""
        now, room = self._clock.now(), AT_ONCE - len(self._running)
        async with self._database.read() as session:
            is_due = room > 0 and await has_due(session, now)
        if is_due:
            async with self._database.write() as session:
                claimed = await claim(session, room, now, now + _LEASE)
            for update in claimed:
                task = asyncio.create_task(self._attend(update))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
        return set(self._running)

    async def _attend(self, update: Claimed) -> None:
        """Bring one update to its end, or put it back; an error of ours never leaves this task."""
        try:
            await self._try(update)
        except Exception as error:
            # The lease brings it back.
            _log.error("a message is left to its lease", error=type(error).__name__, trace=_trace(error))

    async def _try(self, update: Claimed) -> None:
        heard: Heard | None = None
        try:
            async with asyncio.timeout(_ATTEMPT_SECONDS):
                if update.attempt > _MAX_ATTEMPTS_UNREACHABLE:
                    raise RejectedError("every attempt ended with the process")
                heard = await self._read(update)
                if heard is None or await self._answered(update, heard):
                    await self._finish(update, State.ANSWERED)
        except ThrottledError as pause:
            await self._postpone(update, pause.until - self._clock.now(), update.attempt - 1)
        except ChatGoneError:
            _log.info("a chat is gone; nothing more is sent there")
            await self._finish(update, State.ANSWERED)
        except Exception as error:
            await self._failed(update, heard.address if heard else None, error)

    async def _read(self, update: Claimed) -> Heard | None:
        try:
            seen = Update.model_validate(update.raw)
        except ValidationError as error:
            raise RejectedError("not an update as we know them") from error
        return read(seen, await self._courier.me() if is_in_group(seen) else None)

    async def _answered(self, update: Claimed, heard: Heard) -> bool:
        """Compose the answer, unless an attempt before did, and send what is left of it."""
        messages = [Outgoing.from_json(stored) for stored in update.answer or ()]
        if update.answer is None:
            if heard.callback_id:
                await self._courier.acknowledge(heard.callback_id)
            if wait := await self._guard.seconds_to_wait(f"telegram:{heard.address.chat_id}"):
                await self._postpone(update, timedelta(seconds=wait), update.attempt - 1)
                return False
            messages = await self._compose(update, heard)
        for number, message in enumerate(messages[update.sent :], start=update.sent + 1):
            await self._courier.send(heard.address, message)
            async with self._database.write() as session:
                await mark_sent(session, update.update_id, number)
        return True

    async def _compose(self, update: Claimed, heard: Heard) -> list[Outgoing]:
        async with self._courier.typing(heard.address):
            messages = await self._talk.compose(await self._with_payload(heard))
        payloads = (button.payload for message in messages for button in message.buttons)
        keyed = {callback_data(payload): payload for payload in payloads if callback_data(payload) != payload}
        async with self._database.write() as session:
            await keep_answer(session, update.update_id, [message.to_json() for message in messages])
            await keep_payloads(session, keyed, self._clock.now())
        return messages

    async def _with_payload(self, heard: Heard) -> Heard:
        """Put the long payload in the place of the key that travelled for it."""
        if heard.button is None or not heard.button.startswith(KEY_MARK):
            return heard
        async with self._database.read() as session:
            payload = await payload_of(session, heard.button)
        return heard if payload is None else replace(heard, button=payload)

    async def _failed(self, update: Claimed, address: Address | None, error: Exception) -> None:
        """Put an update back for another attempt, or end it and say so to the resident."""
        name = str(error) if isinstance(error, UnreachableError) else type(error).__name__
        limit = _LIMITS.get(type(error), _MAX_ATTEMPTS)
        if update.attempt < limit:
            _log.warning("an attempt to answer failed", attempt=update.attempt, error=name, trace=_trace(error))
            await self._postpone(update, timedelta(seconds=2**update.attempt), update.attempt)
            return
        _log.error("a message could not be answered", attempts=update.attempt, error=name, trace=_trace(error))
        await self._finish(update, State.FAILED)
        if address:
            with suppress(ThrottledError, ChatGoneError, UnreachableError, RejectedError):
                await self._courier.send(address, Outgoing(wording.FAILED))

    async def _postpone(self, update: Claimed, pause: timedelta, attempts: int) -> None:
        async with self._database.write() as session:
            await postpone(session, update.update_id, self._clock.now() + pause, attempts)

    async def _finish(self, update: Claimed, state: State) -> None:
        async with self._database.write() as session:
            await finish(session, update.update_id, state)


def _trace(error: Exception) -> str:
    """Return where an error came from, without its message: that may quote what a resident wrote."""
    return "".join(traceback.format_tb(error.__traceback__))
