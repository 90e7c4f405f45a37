from datetime import timedelta

from core.breaker import CircuitBreaker
from tests.fakes import FrozenClock


def _broken(clock: FrozenClock) -> CircuitBreaker:
    breaker = CircuitBreaker(3, timedelta(seconds=10), clock)
    for _ in range(3):
        assert breaker.allow()
        breaker.failed()
    return breaker


def test_refuses_after_failures_in_a_row(clock: FrozenClock) -> None:
    breaker = _broken(clock)
    assert breaker.is_open
    assert not breaker.allow()


def test_lets_one_trial_through_after_the_pause(clock: FrozenClock) -> None:
    breaker = _broken(clock)
    clock.advance(timedelta(seconds=10))
    assert [breaker.allow(), breaker.allow()] == [True, False]


def test_closes_when_the_trial_succeeds(clock: FrozenClock) -> None:
    breaker = _broken(clock)
    clock.advance(timedelta(seconds=10))
    assert breaker.allow()
    breaker.succeeded()
    assert [breaker.allow() for _ in range(3)] == [True] * 3


def test_a_success_between_failures_starts_the_count_anew(clock: FrozenClock) -> None:
    breaker = CircuitBreaker(2, timedelta(seconds=10), clock)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allow()
