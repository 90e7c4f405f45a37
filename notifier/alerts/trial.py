"""What changed rules would have sent over a stored period, beside what the present ones would have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from notifier.alerts.replay import Replayed


@dataclass(frozen=True)
class Pair:
    """What the present and the changed rules would have sent at a moment (UTC)."""

    at: datetime
    present: Replayed | None
    changed: Replayed | None

    @property
    def is_same(self) -> bool:
        """Whether residents would have got the same, in the same way."""
        return self.present == self.changed


def compared(present: Sequence[Replayed], changed: Sequence[Replayed]) -> tuple[Pair, ...]:
    """Return both side by side, the oldest first."""
    moments = sorted({each.at for each in (*present, *changed)})
    return tuple(
        Pair(at, before, after)
        for at in moments
        for before, after in zip_longest(
            [each for each in present if each.at == at], [each for each in changed if each.at == at]
        )
    )
