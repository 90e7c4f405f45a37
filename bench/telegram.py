"""Does one stalled chat delay the others? `python -m bench.telegram`, on loopback, bounded.

Two hundred chats ask at once over the real channel and a stand-in of the Bot API. In every other round Telegram answers
nothing for one of the chats. A row: milliseconds until the others have their answer, at the 50th and 95th percentile,
and the ratio to the round before. No model is needed: a command is what they ask.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path

from pydantic import SecretStr

from core.settings import load_settings
from hub import bootstrap
from hub.assistant import assistant
from hub.migrations.run import upgrade
from hub.telegram import telegram
from hub.topics import Topics
from nlu.client import NluUnavailable, Parse
from tests.bot.telegram.updates import said
from tests.standins.telegram import TOKEN, TelegramStandIn

CHATS = range(1, 201)
ROUNDS = 3
MOST = 1.5
"""The ratio that the 95th percentile may reach."""
_STALLED = 100
_WITHIN_SECONDS = 60


class _NoModel:
    async def parse(self, text: str) -> Parse:
        raise NluUnavailable(text)


async def main() -> None:
    """Measure, print the table and say whether the promise was kept."""
    stop = asyncio.Event()
    async with AsyncExitStack() as stack:
        api = stack.enter_context(TelegramStandIn())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        changes = {
            "database_url": f"sqlite:///{folder / 'hub.db'}",
            "telegram_bot_token": SecretStr(TOKEN),
            "telegram_api_base": api.url,
            "telegram_mode": "polling",
        }
        base = await stack.enter_async_context(bootstrap.foundation(load_settings().model_copy(update=changes)))
        await upgrade(base.database)
        running = asyncio.create_task(telegram(base, assistant(base, Topics(base), _NoModel())).run(stop))
        await _answered(api, set(CHATS))
        ratios = await _rounds(api)
        stop.set()
        await running
    median = statistics.median(ratios)
    print(f"95th percentile beside a stalled chat: {median:.2f} × without, at most {MOST} wanted")
    if median > MOST:
        raise SystemExit(1)


async def _rounds(api: TelegramStandIn) -> list[float]:
    print(f"{'':10} {'p50 ms':>7} {'p95 ms':>7} {'× p95':>6}")
    ratios = []
    for _ in range(ROUNDS):
        free = await _answered(api, set(CHATS) - {_STALLED})
        api.stall(_STALLED)
        beside = await _answered(api, set(CHATS) - {_STALLED})
        released = time.monotonic()
        api.release(_STALLED)
        await _seen(lambda since=released: _STALLED in _newest(api, since))  # type: ignore[misc]
        ratios.append(beside[1] / free[1])
        print(f"{'free':10} {free[0]:7.0f} {free[1]:7.0f}")
        print(f"{'stalled':10} {beside[0]:7.0f} {beside[1]:7.0f} {ratios[-1]:6.2f}")
    return ratios


async def _answered(api: TelegramStandIn, chats: set[int]) -> tuple[float, float]:
    """Let every chat ask; return the percentiles of the given ones in milliseconds."""
    begun = time.monotonic()
    api.queue(*(said("/dotacje", chat) for chat in CHATS))
    await _seen(lambda: chats <= _newest(api, begun).keys())
    took = [(_newest(api, begun)[chat] - begun) * 1000 for chat in chats]
    percentiles = statistics.quantiles(took, n=20)
    return percentiles[9], percentiles[18]


def _newest(api: TelegramStandIn, since: float) -> dict[int, float]:
    """Return when each chat was answered."""
    return {call.values["chat_id"]: call.at for call in api.made("sendMessage") if call.at >= since}


async def _seen(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(_WITHIN_SECONDS):
        while not true():  # noqa: ASYNC110 - the stand-in runs in a thread of its own
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main())
