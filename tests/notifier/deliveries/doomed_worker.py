"""A worker process whose provider is a file: every call is a line, so a kill cannot hide any."""

import asyncio
import os
import signal
import sys

from core.clock import SystemClock
from core.database import Database
from core.redis import open_redis
from notifier.channels.base import Channel, Outcome, OutgoingMessage, Receipt
from notifier.subscriptions.models import ContactRow
from notifier.worker import Pace, Tools, Worker

_ANSWER_SECONDS = 0.02


class FileChannel(Channel):
    """Takes its time to answer, as providers do."""

    def __init__(self, path: str) -> None:
        super().__init__("sms")
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        os.write(self._file, f"{message.delivery_id}\n".encode())
        await asyncio.sleep(_ANSWER_SECONDS)
        return Receipt(f"id-{message.delivery_id}")


def _open_address(contact: ContactRow) -> str:
    return f"contact {contact.id}"


async def _run(database_url: str, ledger: str, concurrency: int) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = Database(database_url)
    tools = Tools(database, open_redis(None), SystemClock(), _open_address, jitter=lambda: 0.0)
    await Worker(tools, [FileChannel(ledger)], Pace(batch=50, concurrency=concurrency)).run(stop)
    await database.close()


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], sys.argv[2], int(sys.argv[3])))
