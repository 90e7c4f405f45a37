import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bench.chat import everyday, sentences
from bench.load import Place, as_rest, as_text, interleaved, unique


@asynccontextmanager
async def echo(asked: list[dict[str, str]]) -> AsyncIterator[int]:
    """A server that answers every request and writes down what it was asked."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length:")[2].split()[0])
                asked.append(json.loads(await reader.readexactly(length)))
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        except asyncio.IncompleteReadError:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1")
    yield server.sockets[0].getsockname()[1]
    server.close()


async def test_targets_take_turns_and_each_answer_is_counted() -> None:
    first, second = list[dict[str, str]](), list[dict[str, str]]()
    async with echo(first) as one, echo(second) as two:
        places = {"one": Place(one, "/a", as_text, os.getpid()), "two": Place(two, "/b", as_rest, os.getpid())}
        answers = await interleaved(places, unique(["jakie powietrze"]), 4, rounds=2, seconds=0.1)
    assert (len(answers["one"].took), len(answers["two"].took)) == (len(first), len(second))
    assert answers["one"].rate == pytest.approx(len(first) / answers["one"].seconds)
    texts = [turn["text"] for turn in first] + [turn["message"] for turn in second]
    assert len(texts) == len(set(texts))


def test_unique_texts_never_repeat() -> None:
    texts = unique(["a", "b"])
    assert [next(texts) for _ in range(6)] == ["a", "b", "a 1", "b 1", "a 2", "b 2"]


def test_everyday_questions_are_fifty_of_many_topics() -> None:
    assert len(set(everyday())) == 50
    assert set(everyday()) <= set(sentences())
