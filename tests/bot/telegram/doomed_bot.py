"""The product's own bot as a process that can be killed; only its model is a fake that takes its time."""

import asyncio
import os
import signal
import sys

import uvicorn
from fastapi import FastAPI

from core.settings import load_settings
from hub import bootstrap
from hub.assistant import assistant
from hub.messaging.telegram import telegram
from hub.migrations.run import upgrade
from hub.topics import Topics
from nlu.client import Parse

_INTENTS = {"kopciuch": "subsidy_overview", "konkurs": "subsidy_deadline", "urzad": "office_contact"}
_PARSE_SECONDS = 0.05


class SlowParser:
    """Knows three words."""

    async def parse(self, text: str) -> Parse:
        await asyncio.sleep(_PARSE_SECONDS)
        intent = _INTENTS[text]
        return Parse(intent, 0.95, ((intent, 0.95), ("greet", 0.01)))


async def _run(port: int) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with bootstrap.foundation(load_settings()) as base:
        await upgrade(base.database)
        channel = telegram(base, assistant(base, Topics(base), SlowParser()))
        app = FastAPI()
        for router in channel.routers:
            app.include_router(router)
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
        serving = asyncio.create_task(server.serve())
        await channel.run(stop)
        server.should_exit = True
        await serving


if __name__ == "__main__":
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    asyncio.run(_run(int(sys.argv[1])))
