"""One part of the benchmarks in a process of its own: `python -m bench.part <name> <file>`, started by the runner.

So no part pays for the memory of another, and a part that hangs can be ended with all it started.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import uvloop
from pydantic import TypeAdapter

from bench.rows import Row
from core.errors import HubError

ROWS = TypeAdapter(list[Row])
Measure = Callable[[], Awaitable[list[Row]]]
_T = TypeVar("_T")


class NotMeasured(HubError):  # noqa: N818 - what happened, not a mistake in the call
    """Something that a measurement needs is missing or broke; the message says what."""


async def until_told_to_stop(work: Awaitable[_T]) -> _T:
    """Return what the work returns; told to stop, cancel it, so that it ends what it started."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def main(name: str, file: Path) -> None:
    """Measure a part and write its rows; what went wrong is the last line on standard error."""
    measure: Measure = import_module(f"bench.{name}").measure
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            rows = runner.run(until_told_to_stop(measure()))
    except HubError as error:
        sys.exit(str(error))
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.exit("it was stopped")
    file.write_bytes(ROWS.dump_json(rows))


if __name__ == "__main__":
    os.environ["LOG_LEVEL"] = "WARNING"
    main(sys.argv[1], Path(sys.argv[2]))
