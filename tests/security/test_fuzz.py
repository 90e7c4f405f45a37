"""Whatever is asked, the answer is fair: no failure of ours, the described shape, a sentence in Polish."""

import os
import time
from collections.abc import Iterator
from itertools import count
from random import Random

import pytest

from tests.security.fuzzing import Wanderer, described_operations, fuzz_operation, walkable
from tests.security.whole import ServedWhole

_SECONDS = float(os.environ.get("FUZZ_SECONDS", "30"))


@pytest.fixture
def wanderer(site: ServedWhole) -> Iterator[Wanderer]:
    """A member of staff with a curious browser."""
    with site.visitor(Authorization=f"Bearer {site.key}") as client:
        yield Wanderer(site, client, Random(1))  # noqa: S311 - the same walk each time


def test_every_operation_answers_as_it_is_described(site: ServedWhole) -> None:
    operations = list(described_operations(site))
    assert len(operations) > 30
    for operation in operations:
        fuzz_operation(site, operation, examples=2, start=1)


def test_a_walk_over_all_routes_meets_only_fair_answers(site: ServedWhole, wanderer: Wanderer) -> None:
    wanderer.look_around(walkable(site))
    wanderer.wander(walkable(site), steps=150)


@pytest.mark.long
@pytest.mark.timeout(_SECONDS * 2 + 300)
def test_hours_of_odd_questions_find_nothing(site: ServedWhole, wanderer: Wanderer) -> None:
    operations, routes, ends = list(described_operations(site)), walkable(site), time.monotonic() + _SECONDS
    wanderer.look_around(routes)
    for start in count(2):
        for operation in operations:
            fuzz_operation(site, operation, examples=10, start=start)
            wanderer.wander(routes, steps=100)
            if time.monotonic() > ends:
                return
