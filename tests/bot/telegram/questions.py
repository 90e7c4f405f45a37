"""Questions whose answers are easily told apart, and a gate that holds one of them up."""

import asyncio

from nlu.client import Parse
from tests.bot.telegram.conftest import Line
from tests.fakes import FakeParser

AIR, SUBSIDY, CHARGER = "jakie jest powietrze", "dotacja na wymiane kopciucha", "gdzie ladowarka ccs"


class Gate:
    """Holds up the understanding of one sentence."""

    def __init__(self, parser: FakeParser, sentence: str) -> None:
        self.reached, self.open = asyncio.Event(), asyncio.Event()
        self._parse, self._sentence = parser.parse, sentence
        parser.parse = self  # type: ignore[method-assign]

    async def __call__(self, text: str) -> Parse:
        if text == self._sentence:
            self.reached.set()
            await self.open.wait()
        return await self._parse(text)


def topics_told(line: Line, chat: int) -> list[str]:
    words = {"PM10": AIR, "Czyste Powietrze": SUBSIDY, "CCS": CHARGER}
    return [
        next(topic for word, topic in words.items() if word in call.text) for call in line.api.made("sendMessage", chat)
    ]
