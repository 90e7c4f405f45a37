"""`GET /api/v1/chat/events`: server-sent events of a conversation: replies of the office, urgent notices."""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response
from fastapi.responses import StreamingResponse

from api.chat import answer_json
from api.notices import LOOK_SECONDS, NoticeBoard, Notices
from api.problems import DETAILS, Problem
from bot.handoffs.live_replies import LiveReplies
from core.clock import Clock
from core.logging import get_logger

_log = get_logger(__name__)

_SIGN_OF_LIFE_SECONDS = 15
_LONGEST_SECONDS = 15 * 60
_MOST_STREAMS = 2000
_LONGEST_NUMBER = 18


@dataclass(frozen=True)
class _Look:
    """What was seen at one moment of the monotonic clock."""

    at: float
    newest: int
    notices: Notices


class EventBoard:
    """Follows what is new for every open page; the streams end when `stop` is set.

    All of them share one look at the database in `every` seconds.
    """

    def __init__(
        self,
        replies: LiveReplies,
        notices: NoticeBoard,
        clock: Clock,
        stop: asyncio.Event,
        every: float = LOOK_SECONDS,
    ) -> None:
        self._replies = replies
        self._notices = notices
        self._clock = clock
        self._stop = stop
        self._every = every
        self._seen: _Look | None = None
        self._looking = asyncio.Lock()
        self._open = 0

    @property
    def is_full(self) -> bool:
        """Whether no further page can be served."""
        return self._open >= _MOST_STREAMS

    async def follow(self, conversation: str | None, number: int) -> AsyncGenerator[str]:
        """Yield the events of a conversation after the one of that number, and signs of life between them."""
        self._open += 1
        try:
            async for event in self._events(conversation, number):
                yield event
        finally:
            self._open -= 1

    async def _events(self, conversation: str | None, number: int) -> AsyncGenerator[str]:
        started = told = self._clock.monotonic()
        looked, shown = -1, Notices()
        # At once, so that the page knows that it is connected.
        yield ":\n\n"
        while not self._stop.is_set() and self._clock.monotonic() - started < _LONGEST_SECONDS:
            # Shielded: a page that is closed meanwhile does not break a look off inside a transaction.
            look = await asyncio.shield(self._look())
            events = []
            if conversation and look.newest != looked:
                for reply in await asyncio.shield(self._replies.after(conversation, number)):
                    events.append(_event("reply", answer_json(reply.answer), reply.number))
                    number = reply.number
            events += _changes(shown, look.notices)
            looked, shown = look.newest, look.notices
            if not events and look.at - told >= _SIGN_OF_LIFE_SECONDS:
                events.append(":\n\n")
            for event in events:
                told = look.at
                yield event
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._stop.wait()

    async def _look(self) -> _Look:
        """Return what is new; after a fault of the database what was new before."""
        async with self._looking:
            now = self._clock.monotonic()
            if self._seen is None or now - self._seen.at >= self._every:
                try:
                    self._seen = _Look(now, await self._replies.newest(), await self._notices.now())
                except Exception as error:
                    _log.warning("live events cannot be read", error=type(error).__name__)
                    self._seen = self._seen or _Look(now, 0, Notices())
            return self._seen


def chat_events_router(board: EventBoard) -> APIRouter:
    """Return the route of the stream."""
    router = APIRouter(prefix="/api/v1/chat")

    @router.get("/events", response_class=StreamingResponse)
    async def events(
        x_conversation: Annotated[str | None, Header(max_length=200)] = None,
        last_event_id: Annotated[str, Header(max_length=_LONGEST_NUMBER)] = "",
    ) -> Response:
        """Send `reply` (an answer as of the chat), `alert` (id, title, text) and `banner` (text, level, from, to).

        An alert or a banner that is over comes once more, empty.
        """
        if board.is_full:
            raise Problem(503, DETAILS[503], {"Retry-After": "60"})
        number = int(last_event_id) if last_event_id.isascii() and last_event_id.isdigit() else 0
        # Proxies must pass each event on at once.
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        stream = board.follow(x_conversation, number)
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    return router


def _changes(before: Notices, now: Notices) -> Iterator[str]:
    if now.alert != before.alert:
        yield _event("alert", {} if now.alert is None else asdict(now.alert))
    if now.banner != before.banner:
        yield _event("banner", now.banner or {})


def _event(kind: str, data: dict[str, Any], number: int | None = None) -> str:
    id_line = f"id: {number}\n" if number is not None else ""
    return f"event: {kind}\n{id_line}data: {json.dumps(data, ensure_ascii=False)}\n\n"
