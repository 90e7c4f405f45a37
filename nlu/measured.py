"""How long understanding takes and how often it fails, whoever understands."""

from core.clock import Clock
from core.metrics import TalkMetrics
from nlu.client import NluUnavailable, NoWords, Parse, Parser


class MeasuredParser:
    """A parser that is timed."""

    def __init__(self, parser: Parser, metrics: TalkMetrics, clock: Clock) -> None:
        self._parser = parser
        self._metrics = metrics
        self._clock = clock

    async def parse(self, text: str) -> Parse:
        """Return the intents of `text`; raise `NluUnavailable` when the model cannot be asked."""
        began = self._clock.monotonic()
        try:
            parse = await self._parser.parse(text)
        except NoWords:
            raise
        except NluUnavailable:
            self._metrics.not_understood()
            raise
        self._metrics.understood(self._clock.monotonic() - began)
        return parse
