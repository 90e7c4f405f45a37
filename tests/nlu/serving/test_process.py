import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from contextlib import suppress

from nlu.serving import process

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""


async def test_a_child_that_ignores_the_polite_request_is_killed_when_the_wait_is_interrupted() -> None:
    child = await process.start([sys.executable, "-c", STUBBORN], {}, stdout=PIPE)
    assert child.stdout is not None
    await child.stdout.readline()
    stopping = asyncio.create_task(process.stop(child))
    await asyncio.sleep(0)
    stopping.cancel()
    with suppress(asyncio.CancelledError):
        await stopping

    assert child.returncode == -signal.SIGKILL
