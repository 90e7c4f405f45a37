"""How long a start takes, and how much memory each role needs after some work.

`hub run` is started twice on one SQLite file: the first start makes the database, the second is the one of every day.
The other roles run on PostgreSQL beside a served model. Memory: shared pages counted by share (PSS).
"""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from sqlalchemy import text

from bench.chat import sentences
from bench.hubs import READY, Hub, hub
from bench.load import Answers, ask, unique
from bench.models import models
from bench.part import NotMeasured
from bench.processes import children, megabytes
from bench.rows import Row, at_most
from bench.streams import open_streams
from bench.town import database_urls
from core.database import Database
from core.settings import load_settings
from tests.standins.telegram import TOKEN, TelegramStandIn

PAGES_WITHIN, READY_WITHIN = 5, 30
STREAMS = 500
WORK_SECONDS, CLIENTS = 3.0, 8
_BEATS_WITHIN = 60
MODEL_MEMORY, STREAM_MEMORY = "memory of an NLU process", "memory of an open page"
API_MEMORY, WORKER_MEMORY = "memory of hub api", "memory of hub worker"


async def measure() -> list[Row]:
    """Return seconds and megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        urls = database_urls(Path(folder))
        return [*await _run_twice(urls["SQLite"]), *await _roles(urls["PostgreSQL"])]


async def _run_twice(database: str) -> list[Row]:
    async with hub("run", database) as first:
        await first.seconds_until(READY, "ok")
        await _work(first)
        together = megabytes(first.process.pid) + sum(map(megabytes, children(first.process.pid)))
    async with hub("run", database) as second:
        pages, ready = await asyncio.gather(second.seconds_until("/"), second.seconds_until(READY, "ok"))
    return [
        Row(name="second hub run: pages", value=pages, unit="s", targets=(at_most("value", PAGES_WITHIN),)),
        Row(name="second hub run: ready", value=ready, unit="s", targets=(at_most("value", READY_WITHIN),)),
        Row(name="memory of hub run with its NLU process", value=together, unit="MB"),
    ]


async def _roles(database: str) -> list[Row]:
    async with AsyncExitStack() as stack:
        api = stack.enter_context(TelegramStandIn())
        served = await stack.enter_async_context(models(load_settings()))
        rows = await _api(database, served.settings())
        telegram = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": api.url, **served.settings()}
        for role, settings in (("worker", {}), ("scheduler", {}), ("telegram", telegram)):
            async with hub(role, database, **settings) as process:
                rows.append(
                    Row(name=f"hub {role}: first sign of life", value=await _beats(process, database), unit="s")
                )
                rows.append(Row(name=f"memory of hub {role}", value=megabytes(process.process.pid), unit="MB"))
        return [*rows, Row(name=MODEL_MEMORY, value=megabytes(served.servers[0].pid), unit="MB")]


async def _api(database: str, settings: dict[str, str]) -> list[Row]:
    async with hub("api", database, **settings) as web:
        ready = await web.seconds_until(READY, "ok")
        await _work(web)
        before = megabytes(web.process.pid)
        async with open_streams(web.port, STREAMS):
            each = (megabytes(web.process.pid) - before) / STREAMS * 1024
    return [
        Row(name="hub api on a new PostgreSQL: ready", value=ready, unit="s"),
        Row(name=API_MEMORY, value=before, unit="MB"),
        Row(name=STREAM_MEMORY, value=each, unit="kB"),
    ]


async def _work(web: Hub) -> None:
    await ask(web.chat, unique(sentences()), CLIENTS, WORK_SECONDS, Answers())


async def _beats(process: Hub, database: str) -> float:
    """Return the seconds from the start until the process says in the database that it is alive."""
    opened, query = Database(database), text("SELECT 1 FROM processes WHERE pid = :pid")
    try:
        while time.perf_counter() - process.started < _BEATS_WITHIN:
            async with opened.read() as session:
                if await session.scalar(query, {"pid": process.process.pid}):
                    return time.perf_counter() - process.started
            await asyncio.sleep(0.05)
    finally:
        await opened.close()
    raise NotMeasured(f"a role said nothing within {_BEATS_WITHIN} s")
