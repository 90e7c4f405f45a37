"""What staff read of the messages of a period: figures computed from counts, without any query."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from notifier.deliveries.counts import DeliveryCount
from notifier.deliveries.states import DeliveryState
from notifier.statistics.repository import Published

ARRIVED = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED})
"""States of what the provider accepted, and as far as is known brought to the resident."""
_NOT_REACHED = frozenset({DeliveryState.FAILED, DeliveryState.GONE, DeliveryState.EXPIRED, DeliveryState.UNKNOWN})


@dataclass(frozen=True)
class SentBroadcast:
    """A broadcast with a number of its deliveries and the parts paid for them."""

    broadcast: Published
    count: int
    parts: int


@dataclass(frozen=True)
class Sent:
    """The broadcasts of a period, the newest first, and what became of their deliveries."""

    broadcasts: Sequence[Published]
    counts: Sequence[DeliveryCount]

    @property
    def total(self) -> int:
        """Return how many deliveries there are."""
        return sum(each.count for each in self.counts)

    @property
    def arrived(self) -> int:
        """Return how many the provider accepted."""
        return sum(each.count for each in self.counts if each.state in ARRIVED)

    def by_outcome(self) -> Mapping[tuple[str, DeliveryState], int]:
        """Return the deliveries by channel and state."""
        found = Counter[tuple[str, DeliveryState]]()
        for each in self.counts:
            found[each.channel, each.state] += each.count
        return found

    def failures(self) -> Sequence[tuple[str, str, int]]:
        """Return channel, reason and number of what was not received, the most frequent reason first."""
        found = Counter[tuple[str, str]]()
        for each in self.counts:
            if reason := _reason(each):
                found[each.channel, reason] += each.count
        return sorted(((*key, count) for key, count in found.items()), key=lambda line: (-line[2], line[0], line[1]))

    def messages(self) -> Sequence[SentBroadcast]:
        """Return the broadcasts with all their deliveries."""
        return _with_deliveries(self.broadcasts, self.counts)

    def struck(self, channel: str, reason: str) -> Sequence[SentBroadcast]:
        """Return the broadcasts with those deliveries of a channel that were not received for a reason."""
        return self._narrowed([each for each in self.counts if each.channel == channel and _reason(each) == reason])

    def with_outcome(self, channel: str, state: DeliveryState) -> Sequence[SentBroadcast]:
        """Return the broadcasts with those deliveries of a channel that are in a state."""
        return self._narrowed([each for each in self.counts if each.channel == channel and each.state is state])

    def _narrowed(self, counts: Sequence[DeliveryCount]) -> Sequence[SentBroadcast]:
        found = {each.broadcast_id for each in counts}
        return _with_deliveries([each for each in self.broadcasts if each.id in found], counts)


def _reason(each: DeliveryCount) -> str | None:
    """Return why something was not received, None when it was; a state without a reason is its own."""
    return (each.error or each.state.value) if each.state in _NOT_REACHED else None


def _with_deliveries(broadcasts: Iterable[Published], counts: Iterable[DeliveryCount]) -> Sequence[SentBroadcast]:
    deliveries, parts = Counter[int](), Counter[int]()
    for each in counts:
        deliveries[each.broadcast_id] += each.count
        parts[each.broadcast_id] += each.parts
    return [SentBroadcast(each, deliveries[each.id], parts[each.id]) for each in broadcasts]
