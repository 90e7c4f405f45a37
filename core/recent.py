"""What was found out a short while ago, kept for whoever asks the same."""

from collections import OrderedDict
from datetime import timedelta
from typing import Generic, TypeVar

from core.clock import Clock

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """The latest `most` values by key, each for as long as `lasts`."""

    def __init__(self, clock: Clock, lasts: timedelta, most: int) -> None:
        self._clock = clock
        self._lasts = lasts.total_seconds()
        self._most = most
        self._kept: OrderedDict[Key, tuple[float, Value]] = OrderedDict()

    def recall(self, key: Key) -> Value | None:
        """Return the value that was kept last under the key, or None when that is too long ago."""
        kept = self._kept.get(key)
        if kept is None or self._clock.monotonic() - kept[0] >= self._lasts:
            return None
        self._kept.move_to_end(key)
        return kept[1]

    def keep(self, key: Key, value: Value) -> None:
        """Keep a value from now on; what nobody has asked for longest makes room."""
        self._kept[key] = (self._clock.monotonic(), value)
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
