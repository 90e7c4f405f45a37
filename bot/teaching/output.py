"""What the child process of a training says and leaves behind."""

import asyncio
from collections import deque
from pathlib import Path

from pydantic import ValidationError

from core.clock import Clock
from nlu.learning import Phase, Report
from nlu.serving import process

_KEPT_LINES = 15


class Output:
    """The phases with their moments, and the last other lines."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._steps: list[list[str]] = []

    @property
    def steps(self) -> list[list[str]]:
        """The phases so far, as they are stored."""
        return list(self._steps)

    @property
    def tail(self) -> str:
        """The last lines."""
        return "\n".join(self._lines)

    def hear(self, line: str) -> None:
        """Take a line."""
        if line in set(Phase):
            self._steps.append([line, self._clock.now().isoformat()])
        elif line:
            self._lines.append(line)

    async def follow(self, stream: asyncio.StreamReader | None) -> None:
        """Take every line of a stream until it ends."""
        if stream:
            async for line in process.lines(stream):
                self.hear(line)

    def report(self, path: Path) -> Report | None:
        """Return the report that was left behind, None when there is none that can be read."""
        try:
            return Report.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            self.hear(f"the training ended without a report: {type(error).__name__}")
            return None
