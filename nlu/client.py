"""Client of the Rasa server: a sentence in, the ranking of intents out."""

import asyncio
import logging
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

import httpx2

from core.breaker import CircuitBreaker
from core.clock import Clock
from core.errors import HubError
from core.recent import Recent
from core.together import Together
from nlu.endpoint import Endpoint, EndpointSource

Ranking = tuple[tuple[str, float], ...]

PARSE_PATH = "/model/parse"
SEVERAL_PATH = "/model/parse-several"
"""Path of our own serving process (nlu/rasa/serve.py); a Rasa server run by others does not know it."""

AT_ONCE = 2
TOGETHER = 16
REMEMBERED = 512
REMEMBERED_FOR = timedelta(minutes=5)
FAILURES_BEFORE_PAUSE = 5
PAUSE = timedelta(seconds=5)

# Rasa takes a sentence that starts with a slash for a command which sets the intent itself.
COMMAND_PREFIX = re.compile(r"^[\s/]+")

MODEL_HEADER = "x-model"
"""Header in which `hub nlu serve` names the model that answered; a Rasa server run by others does not send it."""

_CHECK = "dzień dobry"

_log = logging.getLogger(__name__)


class NluUnavailable(HubError):  # noqa: N818 - a state of the service, not a mistake
    """The model could not be asked; the message names neither the sentence nor the token."""


class NoWords(NluUnavailable):
    """The sentence has nothing that a model could read; the server is well."""


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


class CheckedParser(Parser, Protocol):
    """A parser that can be tried out."""

    async def check(self) -> None:
        """Have a sentence parsed now, whatever is remembered; raise what goes wrong."""
        ...


class RasaClient:
    """Asks a Rasa server, several sentences at once where they come at once.

    Time-outs in seconds: `total` for an answer, `queue` for a place among the askers.
    """

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
        self._together = Together(self._parse, most=TOGETHER, calls=AT_ONCE, patience=queue, clock=clock)
        self._endpoint: Endpoint | None = None
        self._takes_several = True
        self._model: str | None = None
        self._memory = self._new_memory()
        self._breaker = self._new_breaker()

    async def parse(self, text: str) -> Parse:
        """Return the intents of `text`; raise `NluUnavailable` when the model cannot be asked."""
        self._current_endpoint()
        sentence = COMMAND_PREFIX.sub("", text)
        if not sentence:
            raise NoWords("the sentence has no words")
        if known := self._memory.recall(sentence):
            return known
        try:
            return await self._together.do(sentence)
        except TimeoutError:
            raise NluUnavailable("too many sentences are waiting for the model") from None

    async def check(self) -> None:
        """Have the server parse a sentence now, whatever is remembered; raise what goes wrong."""
        async with asyncio.timeout(self._total):
            await self._ask_one(self._current_endpoint(), _CHECK)

    def _current_endpoint(self) -> Endpoint:
        endpoint = self._endpoints()
        if endpoint is None:
            raise NluUnavailable("the model is not being served at the moment")
        if endpoint != self._endpoint:
            self._endpoint = endpoint
            self._takes_several = True
            self._memory = self._new_memory()
            self._breaker = self._new_breaker()
        return endpoint

    def _new_breaker(self) -> CircuitBreaker:
        return CircuitBreaker(FAILURES_BEFORE_PAUSE, PAUSE, self._clock)

    def _new_memory(self) -> Recent[str, Parse]:
        """Return room for the latest sentences: residents ask the same thing at the same time."""
        return Recent(self._clock, REMEMBERED_FOR, REMEMBERED)

    async def _parse(self, sentences: Sequence[str]) -> Sequence[Parse]:
        endpoint, breaker, memory = self._current_endpoint(), self._breaker, self._memory
        if not breaker.allow():
            raise NluUnavailable("the model failed repeatedly and is given a pause")
        try:
            async with asyncio.timeout(self._total):
                parses = await self._ask(endpoint, sentences)
        except (TimeoutError, httpx2.HTTPError, ValueError) as error:
            breaker.failed()
            _log.warning("the model did not answer: %s", type(error).__name__)
            raise NluUnavailable(f"the model did not answer: {type(error).__name__}") from None
        breaker.succeeded()
        for sentence, parse in zip(sentences, parses, strict=True):
            memory.keep(sentence, parse)
        return parses

    async def _ask(self, endpoint: Endpoint, sentences: Sequence[str]) -> Sequence[Parse]:
        if len(sentences) > 1 and self._takes_several:
            response = await self._post(endpoint, SEVERAL_PATH, {"texts": sentences})
            if response.status_code != httpx2.codes.NOT_FOUND:
                return _read_several(response.raise_for_status().json(), len(sentences))
            self._takes_several = False
        return await asyncio.gather(*(self._ask_one(endpoint, sentence) for sentence in sentences))

    async def _ask_one(self, endpoint: Endpoint, sentence: str) -> Parse:
        response = await self._post(endpoint, PARSE_PATH, {"text": sentence})
        return _read(response.raise_for_status().json())

    async def _post(self, endpoint: Endpoint, path: str, body: dict[str, Any]) -> httpx2.Response:
        response = await self._http.post(endpoint.url(path), json=body, extensions=endpoint.extensions(path))
        self._notice_model(response.headers.get(MODEL_HEADER))
        return response

    def _notice_model(self, name: str | None) -> None:
        """Forget what another model said: behind one address the model may change."""
        if name is None or name == self._model:
            return
        if self._model is not None:
            self._memory = self._new_memory()
        self._model = name


def _read_several(payload: Any, count: int) -> list[Parse]:  # noqa: ANN401 - whatever a server sends
    if not isinstance(payload, list) or len(payload) != count:
        raise ValueError("not the results of so many parses")
    return [_read(entry) for entry in payload]


def _read(payload: Any) -> Parse:  # noqa: ANN401 - whatever a server sends
    try:
        ranking = tuple((str(entry["name"]), float(entry["confidence"])) for entry in payload["intent_ranking"])
    except (KeyError, TypeError):
        raise ValueError("not the result of a parse") from None
    if not ranking or not all(math.isfinite(confidence) for _, confidence in ranking):
        raise ValueError("no usable ranking of intents")
    intent, confidence = ranking[0]
    return Parse(intent, confidence, ranking)
