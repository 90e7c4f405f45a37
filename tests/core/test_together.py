"""What comes at the same time is handled in one go, and nobody's trouble is another's."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from core.together import Together
from tests.fakes import FrozenClock


class Desk:
    """Keeps what it is handed, and answers each item with its double once it is let."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.open = asyncio.Event()

    async def handle(self, items: Sequence[int]) -> Sequence[int | Exception]:
        self.calls.append(list(items))
        await self.open.wait()
        if items[0] < 0:
            raise RuntimeError("none of these")
        return [ValueError("not this one") if item == 0 else 2 * item for item in items]


def ask(together: Together[int, int], *items: int) -> list[asyncio.Task[int]]:
    return [asyncio.create_task(together.do(item)) for item in items]


async def let_others_run() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_what_comes_at_once_shares_a_call_and_each_gets_its_own_result(desk: Desk) -> None:
    desk.open.set()

    assert await asyncio.gather(*ask(Together(desk.handle, most=10), 1, 2, 3)) == [2, 4, 6]
    assert desk.calls == [[1, 2, 3]]


async def test_what_comes_during_a_call_shares_the_next_in_its_order(desk: Desk) -> None:
    together = Together(desk.handle, most=2)
    first = ask(together, 1)
    await let_others_run()
    later = ask(together, 2, 3, 4)
    await let_others_run()
    assert desk.calls == [[1]]

    desk.open.set()
    assert await asyncio.gather(*first, *later) == [2, 4, 6, 8]
    assert desk.calls == [[1], [2, 3], [4]]


async def test_some_calls_may_be_under_way_at_once(desk: Desk) -> None:
    together = Together(desk.handle, most=1, calls=2)
    asked = ask(together, 1, 2, 3)
    await let_others_run()
    assert desk.calls == [[1], [2]]

    desk.open.set()
    assert await asyncio.gather(*asked) == [2, 4, 6]


async def test_one_after_the_other_works_too(desk: Desk) -> None:
    desk.open.set()
    together = Together(desk.handle, most=10)

    async with asyncio.timeout(60):
        assert [await together.do(item) for item in (1, 2, 3)] == [2, 4, 6]


async def test_an_item_that_fails_fails_alone(desk: Desk) -> None:
    desk.open.set()
    good, bad = ask(Together(desk.handle, most=10), 1, 0)

    assert await good == 2
    with pytest.raises(ValueError, match="not this one"):
        await bad


async def test_a_call_that_fails_fails_for_all_of_it_and_for_nobody_after(desk: Desk) -> None:
    desk.open.set()
    together = Together(desk.handle, most=10)
    results = await asyncio.gather(*ask(together, -1, 5), return_exceptions=True)

    assert [str(result) for result in results] == ["none of these", "none of these"]
    assert await together.do(5) == 10


async def test_who_gives_up_takes_nobody_along(desk: Desk) -> None:
    together = Together(desk.handle, most=10)
    gone, stays = ask(together, 1, 2)
    await let_others_run()
    later_gone, later_stays = ask(together, 3, 4)
    await let_others_run()
    gone.cancel()
    later_gone.cancel()
    desk.open.set()

    assert [await stays, await later_stays] == [4, 8]
    assert desk.calls == [[1, 2], [4]]


async def test_who_has_waited_too_long_is_told_so_and_not_handled(desk: Desk, clock: FrozenClock) -> None:
    together = Together(desk.handle, most=1, patience=1.0, clock=clock)
    (first,) = ask(together, 1)
    await let_others_run()
    (late,) = ask(together, 2)
    await let_others_run()
    clock.advance(timedelta(seconds=2))
    desk.open.set()

    assert await first == 2
    with pytest.raises(TimeoutError):
        await late
    assert desk.calls == [[1]]
