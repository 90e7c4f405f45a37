"""A scheduler process that writes a line for each run of its job."""

import asyncio
import os
import sys
import time

from core.clock import SystemClock
from core.database import Database
from notifier.scheduler import Job, Scheduler
from notifier.scheduler.leadership import leadership
from notifier.scheduler.runs import JobRuns


async def _run(database_url: str, ledger: str) -> None:
    file = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def work() -> None:
        os.write(file, f"{os.getpid()} {time.time()}\n".encode())

    database = Database(database_url)
    job = Job("work", work, minutes="*", at_start=True)
    await Scheduler([job], JobRuns(database, SystemClock()), leadership(database)).run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], sys.argv[2]))
