"""Does one stalled chat delay the others?

A hundred chats ask at once over the real channel and a stand-in of the Bot API. In every other round Telegram answers
nothing for one of the chats. No model is needed: a command is what they ask.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

from pydantic import SecretStr

from bench.hubs import NOWHERE, sqlite_in
from bench.rows import Row, at_most, percentiles
from core.logging import configure_logging
from core.settings import load_settings
from hub import bootstrap
from hub.assistant import assistant
from hub.messaging.telegram import telegram
from hub.migrations.run import upgrade
from hub.topics import Topics
from nlu.client import NluUnavailable, Parse
from tests.bot.telegram.updates import said
from tests.standins.telegram import TOKEN, TelegramStandIn

CHATS = range(1, 101)
ROUNDS = 3
MOST = 1.5
"""The ratio that the 95th percentile may reach."""
_STALLED = 50
_WITHIN_SECONDS = 60


class _NoModel:
    async def parse(self, text: str) -> Parse:
        raise NluUnavailable(text)


async def measure() -> list[Row]:
    """Return the times of the others' answers, without and beside a stalled chat."""
    configure_logging(json=False, level="ERROR")
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        api = stack.enter_context(TelegramStandIn())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        changes = {
            "database_url": sqlite_in(folder),
            "gios_api_base": NOWHERE,
            "telegram_bot_token": SecretStr(TOKEN),
            "telegram_api_base": api.url,
            "telegram_mode": "polling",
        }
        base = await stack.enter_async_context(bootstrap.foundation(load_settings().model_copy(update=changes)))
        await upgrade(base.database)
        running = asyncio.create_task(telegram(base, assistant(base, Topics(base), _NoModel())).run(stop))
        try:
            await _answered(api, set(CHATS))
            rounds = [await _round(api) for _ in range(ROUNDS)]
        finally:
            stop.set()
            await running
    return _rows(rounds)


def _rows(rounds: list[tuple[list[float], list[float]]]) -> list[Row]:
    free, beside = ([took for each in rounds for took in each[half]] for half in (0, 1))
    tails = [percentiles(stalled)["p95"] / percentiles(alone)["p95"] for alone, stalled in rounds]
    name = f"{len(CHATS)} chats ask at once"
    counted = {"value": float(len(free)), "unit": "answers"}
    return [
        Row(name=name, **counted, **percentiles(free)),
        Row(
            name=f"{name}, one of them is stalled",
            **counted,
            ratio=statistics.median(tails),
            against="the p95 without it",
            targets=(at_most("ratio", MOST),),
            **percentiles(beside),
        ),
    ]


async def _round(api: TelegramStandIn) -> tuple[list[float], list[float]]:
    """Return the milliseconds until the others have their answers, without and beside a stalled chat."""
    free = await _answered(api, set(CHATS) - {_STALLED})
    api.stall(_STALLED)
    beside = await _answered(api, set(CHATS) - {_STALLED})
    released = time.monotonic()
    api.release(_STALLED)
    await _seen(lambda: _STALLED in _newest(api, released))
    return free, beside


async def _answered(api: TelegramStandIn, chats: set[int]) -> list[float]:
    """Let every chat ask; return the milliseconds of the given ones."""
    begun = time.monotonic()
    api.queue(*(said("/dotacje", chat) for chat in CHATS))
    await _seen(lambda: chats <= _newest(api, begun).keys())
    return [(_newest(api, begun)[chat] - begun) * 1000 for chat in chats]


def _newest(api: TelegramStandIn, since: float) -> dict[int, float]:
    """Return when each chat was answered."""
    return {call.values["chat_id"]: call.at for call in api.made("sendMessage") if call.at >= since}


async def _seen(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(_WITHIN_SECONDS):
        while not true():  # noqa: ASYNC110 - the stand-in runs in a thread of its own
            await asyncio.sleep(0.05)
