"""A worker process whose provider is a file: every call is a line, so a kill cannot hide any."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

from core.clock import SystemClock
from core.database import Database
from core.redis import open_redis
from notifier.channels.base import Channel, Outcome, OutgoingMessage, Receipt
from notifier.limits.shared import SharedLimiter
from notifier.limits.sms import SmsCaps, SmsLimits
from notifier.subscriptions.models import ContactRow
from notifier.worker import Pace, Tools, Worker
from tests.fixtures.running import ROOT

_ANSWER_SECONDS = 0.02
# No cap is reached, but Redis is asked before each call.
_CAPS = SmsCaps(parts_per_second=1000, per_number_a_day=1000, per_range_an_hour=1_000_000)


class FileChannel(Channel):
    """Takes its time to answer, as providers do."""

    def __init__(self, path: str) -> None:
        super().__init__("sms")
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        os.write(self._file, f"{os.getpid()} {message.delivery_id}\n".encode())
        await asyncio.sleep(_ANSWER_SECONDS)
        return Receipt(f"id-{message.delivery_id}")


class DoomedWorker:
    """The process, seen from outside; the ledger of the provider may be shared by several."""

    def __init__(
        self, database: Database, ledger: Path, pace: Pace, redis_url: str = "", output: int | None = None
    ) -> None:
        self._ledger = ledger
        url = database.url.render_as_string(hide_password=False)
        arguments = [url, str(ledger), str(pace.concurrency), str(pace.lease.total_seconds()), redis_url]
        command = [sys.executable, "-m", "tests.notifier.deliveries.doomed_worker", *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)

    def calls(self) -> Counter[int]:
        """Return how often each delivery was called by this process."""
        return Counter(id_ for pid, id_ in lines(self._ledger) if pid == self.process.pid)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def stop(self) -> int:
        """End it in order and return its exit code."""
        self.process.terminate()
        return self.process.wait(20)


def lines(ledger: Path) -> list[tuple[int, int]]:
    """Return every call in its order: the process that made it, and of which delivery."""
    written = ledger.read_text().splitlines() if ledger.exists() else []
    return [(int(pid), int(id_)) for pid, id_ in (line.split() for line in written)]


def _open_address(contact: ContactRow) -> str:
    return f"contact {contact.id}"


async def _run(database_url: str, ledger: str, pace: Pace, redis_url: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database, redis, clock = Database(database_url), open_redis(redis_url or None), SystemClock()
    limits = {"sms": SmsLimits(SharedLimiter(redis, clock), _CAPS)} if redis_url else {}
    tools = Tools(database, redis, clock, _open_address, jitter=lambda: 0.0, limits=limits)
    await Worker(tools, [FileChannel(ledger)], pace).run(stop)
    await redis.aclose()
    await database.close()


if __name__ == "__main__":
    _pace = Pace(batch=50, concurrency=int(sys.argv[3]), lease=timedelta(seconds=float(sys.argv[4])))
    asyncio.run(_run(sys.argv[1], sys.argv[2], _pace, sys.argv[5]))
