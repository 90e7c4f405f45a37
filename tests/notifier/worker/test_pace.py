"""How much a lane takes at once: little enough that an alert need not wait, and enough to be fast."""

from dataclasses import dataclass

import pytest

from notifier.limits.port import Recipient, Refused
from notifier.worker.pace import Pace, Sizes


@dataclass
class Allowed:
    """A provider that takes so much a second, from everybody."""

    per_second: float

    async def admit(self, recipient: Recipient, parts: int) -> Refused | None:
        return None


@pytest.mark.parametrize(
    ("per_second", "is_billed_by_parts", "batch", "wave"), [(29, False, 29, 2), (10, True, 3, 1), (1, True, 1, 1)]
)
def test_what_a_limit_lets_through_in_a_second_is_the_most(
    per_second: float, is_billed_by_parts: bool, batch: int, wave: int
) -> None:
    sizes = Sizes(Pace(), Allowed(per_second), is_billed_by_parts=is_billed_by_parts)
    sizes.took(1000, seconds=0.01)
    assert (sizes.batch, sizes.wave) == (batch, wave)


def test_a_fast_channel_takes_more_each_time_up_to_its_most() -> None:
    sizes = Sizes(Pace(batch=200, concurrency=20), None, is_billed_by_parts=False)
    taken = [sizes.batch]
    for _ in range(4):
        sizes.took(sizes.batch, seconds=0.01)
        taken.append(sizes.batch)
    assert taken == [40, 80, 160, 200, 200]


def test_a_channel_that_turns_slow_takes_what_it_sends_in_a_second() -> None:
    sizes = Sizes(Pace(batch=200, concurrency=20), None, is_billed_by_parts=False)
    sizes.took(40, seconds=0.01)
    sizes.took(80, seconds=2.0)
    assert sizes.batch == 40
    sizes.took(40, seconds=60.0)
    assert sizes.batch == 20


def test_a_batch_of_which_nothing_was_sent_says_nothing() -> None:
    sizes = Sizes(Pace(), None, is_billed_by_parts=False)
    before = sizes.batch
    sizes.took(0, seconds=5.0)
    assert sizes.batch == before
