"""Answers one stored update: composes once, sends what is left to send, and decides what an error means."""

import asyncio
import traceback
from dataclasses import replace
from datetime import timedelta

from aiogram.types import Update
from pydantic import ValidationError

from bot.guard import ChatGuard
from bot.telegram.courier import Courier
from bot.telegram.departures import Departures
from bot.telegram.errors import ChatGoneError, RejectedError, ThrottledError, UnreachableError
from bot.telegram.methods import KEY_MARK, keyed_payloads
from bot.telegram.models import State
from bot.telegram.outgoing import Outgoing
from bot.telegram.reading import Heard, departed, is_in_group, lost_channel, move_of, read
from bot.telegram.repository import Claimed, finish, keep_answer, keep_payloads, mark_sent, payload_of, postpone
from bot.telegram.talk import Talk
from core.clock import Clock
from core.database import Database
from core.logging import get_logger

_log = get_logger(__name__)

ATTEMPT_SECONDS = 45
"""How long one attempt may take."""
_MAX_ATTEMPTS = 3
# Whatever ends the process each time must not end it for ever.
_MAX_KILLED = 8
# Telegram may be away for longer than we can be; who asked is answered when it is back.
_PATIENCE = timedelta(hours=1)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=2)
_REMEMBERED_ALBUMS = 200


class Attendant:
    """Brings updates to their end."""

    def __init__(
        self, database: Database, clock: Clock, talk: Talk, courier: Courier, guard: ChatGuard, departures: Departures
    ) -> None:
        self._database = database
        self._clock = clock
        self._talk = talk
        self._courier = courier
        self._guard = guard
        self._departures = departures
        self._albums: dict[str, int] = {}

    async def attend(self, update: Claimed) -> None:
        """Bring one update to its end, or put it back; an error of ours is never raised."""
        try:
            await self._try(update)
        except Exception as error:
            # The lease brings it back.
            _log.error("a message is left to its lease", error=type(error).__name__, trace=trace(error))

    async def _try(self, update: Claimed) -> None:
        heard: Heard | None = None
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS):
                if update.attempt > _MAX_KILLED:
                    raise RejectedError("every attempt ended with the process")
                heard = await self._read(update)
                if heard is None or await self._answered(update, heard):
                    await self._finish(update, State.FAILED if self._is_apology(update) else State.ANSWERED)
        except ThrottledError as pause:
            await self._postpone(update, pause.until - self._clock.now(), update.attempt - 1)
        except ChatGoneError:
            _log.info("a chat is gone; nothing more is sent there")
            if heard and heard.address.is_private:
                await self._departures.left(heard.address.chat_id)
            await self._finish(update, State.ANSWERED)
        except Exception as error:
            await self._failed(update, error, can_be_told=heard is not None)

    async def _read(self, update: Claimed) -> Heard | None:
        """Return what was said; note what an update says without words."""
        try:
            seen = Update.model_validate(update.raw)
        except ValidationError as error:
            raise RejectedError("not an update as we know them") from error
        if moved := move_of(seen):
            self._courier.note_move(*moved)
        if chat_id := departed(seen):
            await self._departures.left(chat_id)
        if name := lost_channel(seen):
            await self._departures.lost_channel(name)
        heard = read(seen, await self._courier.me() if is_in_group(seen) else None)
        return None if heard and self._is_more_of_an_album(update, heard) else heard

    def _is_more_of_an_album(self, update: Claimed, heard: Heard) -> bool:
        """Check whether pictures were sent together of which another one was spoken of already."""
        if heard.album is None or heard.text is not None:
            return False
        first = self._albums.setdefault(heard.album, update.update_id)
        if len(self._albums) > _REMEMBERED_ALBUMS:
            del self._albums[next(iter(self._albums))]
        return first != update.update_id

    async def _answered(self, update: Claimed, heard: Heard) -> bool:
        """Compose the answer, unless an attempt before did, and send what is left of it."""
        if heard.press:
            await self._courier.acknowledge(heard.press.callback_id)
        messages = [Outgoing.from_json(stored) for stored in update.answer or ()]
        if update.answer is None:
            if wait := await self._guard.seconds_to_wait(f"telegram:{heard.address.chat_id}"):
                await self._postpone(update, timedelta(seconds=wait), update.attempt - 1)
                return False
            messages = await self._compose(update, heard)
        if update.sent == 0:
            await self._close_keyboard(heard, messages)
        for number, message in enumerate(messages[update.sent :], start=update.sent + 1):
            await self._courier.send(heard.address, message)
            async with self._database.write() as session:
                await mark_sent(session, update.update_id, number)
        return True

    async def _close_keyboard(self, heard: Heard, messages: list[Outgoing]) -> None:
        """Take the buttons off the message below which one was pressed, unless that message changes anyway."""
        below = heard.press.message_id if heard.press else None
        if below is not None and all(message.edits != below for message in messages):
            await self._courier.close_keyboard(heard.address, below)

    async def _compose(self, update: Claimed, heard: Heard) -> list[Outgoing]:
        async with self._courier.typing(heard.address):
            messages = await self._talk.compose(await self._with_payload(heard))
        keyed = {key: payload for message in messages for key, payload in keyed_payloads(message).items()}
        async with self._database.write() as session:
            await keep_answer(session, update.update_id, [message.to_json() for message in messages])
            await keep_payloads(session, keyed, self._clock.now())
        return messages

    async def _with_payload(self, heard: Heard) -> Heard:
        """Put the long payload in the place of the key that travelled for it."""
        press = heard.press
        if press is None or not press.data.startswith(KEY_MARK):
            return heard
        async with self._database.read() as session:
            payload = await payload_of(session, press.data)
        return heard if payload is None else replace(heard, press=replace(press, data=payload))

    async def _failed(self, update: Claimed, error: Exception, *, can_be_told: bool) -> None:
        """Put an update back for another attempt; after the last one an apology is its answer where one can be read."""
        name = str(error) if isinstance(error, UnreachableError) else type(error).__name__
        age = self._clock.now() - update.received_at
        if isinstance(error, UnreachableError) and age < _PATIENCE:
            _log.warning("Telegram did not take an answer", error=name)
            await self._postpone(update, _pause(age), update.attempt - 1)
        elif not isinstance(error, RejectedError | UnreachableError) and update.attempt < _MAX_ATTEMPTS:
            _log.warning("an attempt to answer failed", attempt=update.attempt, error=name, trace=trace(error))
            await self._postpone(update, timedelta(seconds=2**update.attempt), update.attempt)
        else:
            _log.error("a message could not be answered", attempts=update.attempt, error=name, trace=trace(error))
            async with self._database.write() as session:
                if can_be_told and not self._is_apology(update):
                    await keep_answer(session, update.update_id, [self._talk.apology().to_json()])
                    await postpone(session, update.update_id, self._clock.now(), 0)
                else:
                    await finish(session, update.update_id, State.FAILED)

    def _is_apology(self, update: Claimed) -> bool:
        return update.answer == [self._talk.apology().to_json()]

    async def _postpone(self, update: Claimed, pause: timedelta, attempts: int) -> None:
        async with self._database.write() as session:
            await postpone(session, update.update_id, self._clock.now() + pause, attempts)

    async def _finish(self, update: Claimed, state: State) -> None:
        async with self._database.write() as session:
            await finish(session, update.update_id, state)


def _pause(age: timedelta) -> timedelta:
    """Return how long to wait for Telegram that has been away for so long."""
    return min(max(age / 2, _FIRST_PAUSE), _LONGEST_PAUSE)


def trace(error: Exception) -> str:
    """Return where an error came from, without its message: that may quote what a resident wrote."""
    return "".join(traceback.format_tb(error.__traceback__))
