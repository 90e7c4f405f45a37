"""Client of the Rasa server: a sentence in, the ranking of intents out."""

import asyncio
import logging
import math
import re
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import httpx2

from core.breaker import CircuitBreaker
from core.clock import Clock
from core.errors import HubError
from nlu.endpoint import Endpoint, EndpointSource

Ranking = tuple[tuple[str, float], ...]

PARSE_PATH = "/model/parse"
CONCURRENT = 8
REMEMBERED = 512
REMEMBERED_FOR = timedelta(minutes=5)
FAILURES_BEFORE_PAUSE = 5
PAUSE = timedelta(seconds=5)

# Rasa takes a sentence that starts with a slash for a command which sets the intent itself.
_COMMAND_PREFIX = re.compile(r"^[\s/]+")

_CHECK = "dzień dobry"

_log = logging.getLogger(__name__)


class NluUnavailable(HubError):  # noqa: N818 - a state of the service, not a mistake
    """The model could not be asked; the message names neither the sentence nor the token."""


@dataclass(frozen=True)
class Parse:
    """The intents of a sentence: the best one, its probability (0 to 1), and all of them, best first."""

    intent: str
    confidence: float
    ranking: Ranking


class Parser(Protocol):
    """Whatever can tell the intent of a sentence."""

    async def parse(self, text: str) -> Parse:
        """Return the intents of `text`; raise `NluUnavailable` when the model cannot be asked."""
        ...


class RasaClient:
    """Asks a Rasa server; time-outs in seconds: `total` for an answer, `queue` for a free place among the askers."""

    def __init__(
        self,
        http: httpx2.AsyncClient,
        endpoints: EndpointSource,
        clock: Clock,
        *,
        total: float = 2.0,
        queue: float = 1.0,
    ) -> None:
        self._http = http
        self._endpoints = endpoints
        self._clock = clock
        self._total = total
        self._queue = queue
        self._places = asyncio.Semaphore(CONCURRENT)
        self._endpoint: Endpoint | None = None
        self._memory = _Memory(clock)
        self._breaker = self._new_breaker()

    async def parse(self, text: str) -> Parse:
        """Return the intents of `text`; raise `NluUnavailable` when the model cannot be asked."""
        endpoint = self._current_endpoint()
        sentence = _COMMAND_PREFIX.sub("", text)
        if not sentence:
            raise NluUnavailable("the sentence has no words")
        if known := self._memory.recall(sentence):
            return known
        async with self._place():
            breaker = self._breaker
            if not breaker.allow():
                raise NluUnavailable("the model failed repeatedly and is given a pause")
            try:
                async with asyncio.timeout(self._total):
                    parse = await self._ask(endpoint, sentence)
            except (TimeoutError, httpx2.HTTPError, ValueError) as error:
                breaker.failed()
                _log.warning("the model did not answer: %s", type(error).__name__)
                raise NluUnavailable(f"the model did not answer: {type(error).__name__}") from None
            breaker.succeeded()
        if endpoint == self._endpoint:
            self._memory.keep(sentence, parse)
        return parse

    async def check(self) -> None:
        """Have the server parse a sentence now, whatever is remembered; raise what goes wrong."""
        async with asyncio.timeout(self._total):
            await self._ask(self._current_endpoint(), _CHECK)

    def _current_endpoint(self) -> Endpoint:
        endpoint = self._endpoints()
        if endpoint is None:
            raise NluUnavailable("the model is not being served at the moment")
        if endpoint != self._endpoint:
            self._endpoint = endpoint
            self._memory = _Memory(self._clock)
            self._breaker = self._new_breaker()
        return endpoint

    def _new_breaker(self) -> CircuitBreaker:
        return CircuitBreaker(FAILURES_BEFORE_PAUSE, PAUSE, self._clock)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._queue):
                await self._places.acquire()
        except TimeoutError:
            raise NluUnavailable("too many sentences are waiting for the model") from None
        try:
            yield
        finally:
            self._places.release()

    async def _ask(self, endpoint: Endpoint, sentence: str) -> Parse:
        response = await self._http.post(
            endpoint.url(PARSE_PATH), json={"text": sentence}, extensions=endpoint.extensions(PARSE_PATH)
        )
        response.raise_for_status()
        return _read(response.json())


def _read(payload: Any) -> Parse:  # noqa: ANN401 - whatever a server sends
    try:
        ranking = tuple((str(entry["name"]), float(entry["confidence"])) for entry in payload["intent_ranking"])
    except (KeyError, TypeError):
        raise ValueError("not the result of a parse") from None
    if not ranking or not all(math.isfinite(confidence) for _, confidence in ranking):
        raise ValueError("no usable ranking of intents")
    intent, confidence = ranking[0]
    return Parse(intent, confidence, ranking)


class _Memory:
    """The latest sentences and their parses, for a short time: residents ask the same thing at the same time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._parses: OrderedDict[str, tuple[float, Parse]] = OrderedDict()

    def recall(self, sentence: str) -> Parse | None:
        kept = self._parses.get(sentence)
        if kept is None or self._clock.monotonic() - kept[0] >= REMEMBERED_FOR.total_seconds():
            return None
        self._parses.move_to_end(sentence)
        return kept[1]

    def keep(self, sentence: str, parse: Parse) -> None:
        self._parses[sentence] = (self._clock.monotonic(), parse)
        self._parses.move_to_end(sentence)
        if len(self._parses) > REMEMBERED:
            self._parses.popitem(last=False)
