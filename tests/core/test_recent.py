from datetime import timedelta

from core.recent import Recent
from tests.fakes import FrozenClock

LASTS = timedelta(seconds=1)


def test_what_was_kept_is_recalled_until_it_is_too_old() -> None:
    clock = FrozenClock()
    recent = Recent[str, int](clock, LASTS, most=2)
    assert recent.recall("a") is None
    recent.keep("a", 1)
    clock.advance(LASTS - timedelta(milliseconds=1))
    assert recent.recall("a") == 1
    clock.advance(timedelta(milliseconds=1))
    assert recent.recall("a") is None


def test_what_nobody_asked_for_longest_makes_room() -> None:
    recent = Recent[str, int](FrozenClock(), LASTS, most=2)
    recent.keep("a", 1)
    recent.keep("b", 2)
    recent.recall("a")
    recent.keep("c", 3)
    assert [recent.recall(key) for key in "abc"] == [1, None, 3]
