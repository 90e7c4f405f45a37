"""Many clients that ask over loopback for a slice of time, one target after another so that noise hits all alike."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from bench.http import connection
from bench.processes import processor_seconds
from bench.rows import percentiles

WARM_UP_SECONDS = 1.0


@dataclass(frozen=True)
class Place:
    """Where a question goes: port, path, the JSON it travels in, and the process that answers."""

    port: int
    path: str
    body: Callable[[str], dict[str, str]]
    pid: int


@dataclass
class Answers:
    """What a target did in all its slices: milliseconds of each answer, seconds in all, and those of its processor."""

    took: list[float] = field(default_factory=list)
    seconds: float = 0.0
    processor_seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    @property
    def figures(self) -> dict[str, float]:
        """Percentiles and processor time for a row."""
        return {**percentiles(self.took), "processor": self.processor_seconds * 1000 / len(self.took)}


def as_text(text: str) -> dict[str, str]:
    """Return a question for a bare model, or the first one of a new conversation of the product."""
    return {"text": text}


def as_rest(text: str) -> dict[str, str]:
    """Return the first question of a new conversation of Rasa's REST channel."""
    return {"sender": uuid4().hex, "message": text}


async def interleaved(
    places: Mapping[str, Place], texts: Iterator[str], clients: int, rounds: int, seconds: float
) -> dict[str, Answers]:
    """Ask each place in turn, `rounds` times for so many seconds, each round beginning with another place."""
    answers = {name: Answers() for name in places}
    names = list(places)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            await ask(places[name], texts, clients, seconds, answers[name])
    return answers


async def ask(place: Place, texts: Iterator[str], clients: int, seconds: float, answers: Answers) -> None:
    """Ask with so many clients for so long; what is under way at the end is waited for and counted."""
    begun, used = time.perf_counter(), processor_seconds(place.pid)

    async def one_client() -> None:
        async with connection(place.port, place.path) as post:
            while time.perf_counter() - begun < seconds:
                asked = time.perf_counter()
                await post(json.dumps(place.body(next(texts))).encode())
                answers.took.append((time.perf_counter() - asked) * 1000)

    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(one_client())
    answers.seconds += time.perf_counter() - begun
    answers.processor_seconds += processor_seconds(place.pid) - used


def unique(sentences: Sequence[str]) -> Iterator[str]:
    """Yield sentences without end, none of them twice."""
    for turn in itertools.count():
        for sentence in sentences:
            yield f"{sentence} {turn}" if turn else sentence
