"""How much a lane takes at once."""

from dataclasses import dataclass
from datetime import timedelta

from notifier.limits.port import Limits

# An urgent message waits for the rest of a batch; and a kill leaves a wave in doubt, called or not.
_BATCH_SECONDS, _WAVE_SECONDS = 1.0, 0.1
# Of an SMS with Polish letters, as long as alerts are.
_USUAL_PARTS = 3


@dataclass(frozen=True)
class Pace:
    """`batch` deliveries are claimed at most; a lease is far longer than the longest call.

    At no moment are more than `concurrency` calls open or unrecorded: so many may be repeated after a kill.
    """

    batch: int = 200
    concurrency: int = 20
    lease: timedelta = timedelta(seconds=60)

    @property
    def worth_recording(self) -> int:
        """Return how many answers are worth a unit of work of their own."""
        return max(1, self.concurrency // 4)


DEFAULT_PACE = Pace()


class Sizes:
    """How many deliveries a lane claims, and stamps, at once: by the provider's limits, and by how fast it was."""

    def __init__(self, pace: Pace, limits: Limits | None, *, is_billed_by_parts: bool) -> None:
        allowed = limits.per_second / (_USUAL_PARTS if is_billed_by_parts else 1) if limits else float("inf")
        self.wave = max(1, int(min(pace.concurrency, allowed * _WAVE_SECONDS)))
        self._most = max(1, int(min(pace.batch, allowed * _BATCH_SECONDS)))
        self._least = min(pace.concurrency, self._most)
        self.batch = min(2 * self._least, self._most)

    def took(self, deliveries: int, seconds: float) -> None:
        """Learn from a batch; the next one is about a second's work, and at most twice as large as the last."""
        fitting = deliveries / seconds * _BATCH_SECONDS if seconds else self._most
        if deliveries:
            self.batch = int(max(self._least, min(fitting, 2 * self.batch, self._most)))
