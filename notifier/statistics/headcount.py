"""Counts of residents for those who need not know them exactly: a small one could lead to a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

LEAST = 5
"""The smallest number of residents that is told exactly."""

K = TypeVar("K")


@dataclass(frozen=True)
class Headcount:
    """A number of residents; `count` is None for one that is below LEAST and not told, also when it is 0."""

    count: int | None


@dataclass(frozen=True)
class Headcounts:
    """Several of them, and their sum: without those that are not told it is the least that there are."""

    total: int
    is_exact: bool

    @classmethod
    def of(cls, parts: Iterable[Headcount]) -> "Headcounts":
        """Return the sum of some headcounts."""
        told = [part.count for part in parts]
        return cls(sum(count for count in told if count is not None), None not in told)


def headcounts(counts: Mapping[K, int], *, exact: bool) -> Mapping[K, Headcount]:
    """Return counts of residents as they may be told."""
    return {key: Headcount(count if exact or count >= LEAST else None) for key, count in counts.items()}
