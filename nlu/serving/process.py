"""The Rasa interpreter as a child process: its environment, its output, its end."""

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

from core.errors import ConfigurationError
from nlu.model import ROOT

STOP_WITHIN = 5.0

# Everything else stays here: the hub's own secrets, and switches such as PYTHONDONTWRITEBYTECODE, which makes
# every start of Rasa compile TensorFlow's sources again (13 s instead of 4 s).
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")


async def start(command: Sequence[str], secrets: dict[str, str], *, stdout: int = DEVNULL) -> Process:
    """Start `command` in the repository root; its standard input stays open exactly as long as this process lives."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    try:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=PIPE,
            stdout=stdout,
            stderr=PIPE,
            cwd=ROOT,
            env=inherited | secrets | {"PYTHONPATH": str(ROOT)},
            start_new_session=True,  # Ctrl-C reaches the hub alone, which then stops its child in order
        )
    except OSError as error:
        raise ConfigurationError(f"the Rasa interpreter {command[0]} cannot be started: {error.strerror}") from error


async def stop(process: Process) -> None:
    """End a child: politely first, by force after `STOP_WITHIN` seconds; return when it is gone."""
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(STOP_WITHIN):
            await process.wait()
    except TimeoutError:
        await _kill(process)
    except asyncio.CancelledError:  # whoever waits has no time left
        await _kill(process)
        raise
    finally:
        if process.stdin:
            process.stdin.close()


async def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


async def lines(stream: asyncio.StreamReader) -> AsyncIterator[str]:
    """Yield the lines of a child's output, each cut to 500 characters, until it ends."""
    rest = b""
    while chunk := await stream.read(65_536):
        *complete, rest = (rest + chunk).split(b"\n")
        rest = rest[:500]
        for line in complete:
            yield line.decode(errors="replace").rstrip()[:500]
    if rest:
        yield rest.decode(errors="replace").rstrip()
