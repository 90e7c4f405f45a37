"""One parser over several servers of the language model: questions spread evenly, a server that fails is left out."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.clock import Clock
from core.logging import get_logger
from nlu.client import CheckedParser, NluUnavailable, NoWords, Parse

LEFT_OUT_FOR = timedelta(seconds=5)
"""How long a server that failed gets no question, as long as another one can be asked."""

_TRIES = 2

_log = get_logger(__name__)


@dataclass
class _Server:
    number: int
    parser: CheckedParser
    under_way: int = 0
    last_turn: int = 0
    left_out_until: float = 0.0


class SpreadParser:
    """Asks the server with the fewest questions under way, and once another one when that server fails.

    A question costs at most the time limits of two `parsers`.
    """

    def __init__(self, parsers: Sequence[CheckedParser], clock: Clock) -> None:
        self._servers = [_Server(number, parser) for number, parser in enumerate(parsers, start=1)]
        self._clock = clock
        self._turn = 0

    async def parse(self, text: str) -> Parse:
        """Return the intents of `text`; raise `NluUnavailable` when two servers could not be asked."""
        tried: list[_Server] = []
        while True:
            server = self._next(tried)
            tried.append(server)
            try:
                return await self._ask(server, text)
            except NoWords:
                raise
            except NluUnavailable:
                self._leave_out(server)
                if len(tried) == min(_TRIES, len(self._servers)):
                    raise

    async def check(self) -> None:
        """Return when one server parses a sentence; raise what goes wrong when none does."""
        checks = (server.parser.check() for server in self._servers)
        results = await asyncio.gather(*checks, return_exceptions=True)
        failures = [result for result in results if result is not None]
        if len(failures) == len(results):
            raise failures[0]

    def _next(self, tried: Sequence[_Server]) -> _Server:
        now = self._clock.monotonic()
        left = [server for server in self._servers if server not in tried]
        # When all of them failed lately, a sentence that no server can read must not silence the rest of the town.
        awake = [server for server in left if server.left_out_until <= now] or left
        return min(awake, key=lambda server: (server.under_way, server.last_turn))

    async def _ask(self, server: _Server, text: str) -> Parse:
        self._turn += 1
        server.under_way += 1
        server.last_turn = self._turn
        try:
            return await server.parser.parse(text)
        finally:
            server.under_way -= 1

    def _leave_out(self, server: _Server) -> None:
        now = self._clock.monotonic()
        if server.left_out_until <= now and len(self._servers) > 1:
            _log.warning("a server of the language model is left out for a while", server=server.number)
        server.left_out_until = now + LEFT_OUT_FOR.total_seconds()
