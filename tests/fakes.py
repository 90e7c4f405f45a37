"""Fakes of the ports that every room uses; each keeps the port's own signature."""

from datetime import UTC, datetime, timedelta

from nlu.client import NluUnavailable, Parse


class FrozenClock:
    """A clock that moves only when told to."""

    def __init__(self, moment: datetime = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)) -> None:
        self._now = moment
        self._elapsed = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._elapsed

    def set(self, moment: datetime) -> None:
        self._now = moment.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        self._now += by
        self._elapsed += by.total_seconds()


class FakeParser:
    """A model that knows the sentences it is told; anything else is foreign to it."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[tuple[str, float], ...]] = {}
        self.heard: list[str] = []
        self.is_down = False

    def learn(self, sentence: str, *ranking: tuple[str, float]) -> None:
        self.known[sentence] = ranking

    async def parse(self, text: str) -> Parse:
        self.heard.append(text)
        if self.is_down:
            raise NluUnavailable("the fake is down")
        ranking = self.known.get(text, (("out_of_scope", 0.9), ("greet", 0.05)))
        return Parse(*ranking[0], ranking)
