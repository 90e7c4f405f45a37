"""A replay says what would have been sent, and agrees with what the running alerts send."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.alerts.messages import AlertWriter
from notifier.alerts.replay import replay
from notifier.alerts.rules import AlertRules
from tests.fakes import FrozenClock
from tests.notifier.alerts.town import HALF_AN_HOUR, HOUR, Town, notice_of, state

LEVELS = [3, 4, 4, 5, 4, 2, 2, 1, 4, *[4] * 14, 5, 1, 1]


async def test_a_replay_lists_what_was_sent(town: Town, rules: AlertRules, writer: AlertWriter) -> None:
    start = town.clock.now() - HALF_AN_HOUR
    await town.hourly(*LEVELS)
    hours = [state(start + HOUR * place, level) for place, level in enumerate(LEVELS)]
    replayed = replay(rules, writer, hours)
    assert [(each.at, each.level, each.text.body) for each in replayed] == [
        (message.created_at, message.level, message.body) for message in await town.messages()
    ]


def test_a_replay_names_what_would_have_waited_for_a_person(
    rules: AlertRules, writer: AlertWriter, clock: FrozenClock
) -> None:
    notice = notice_of("Poziom alarmowy", clock.now() - HOUR, pollutant="pm10")
    hours = [state(clock.now() + HOUR * place, 1, notices=[notice]) for place in range(30)]
    (replayed,) = replay(rules, writer, hours)
    assert (replayed.is_held, replayed.level) == (True, 5)


def test_an_empty_period_sends_nothing(rules: AlertRules, writer: AlertWriter) -> None:
    assert replay(rules, writer, []) == ()


@settings(max_examples=50, deadline=None)
@given(levels=st.lists(st.sampled_from([None, 0, 2, 3, 4, 5]), max_size=72))
def test_a_replay_never_repeats_a_level_within_a_day(
    rules: AlertRules, writer: AlertWriter, levels: list[int | None]
) -> None:
    start = FrozenClock().now()
    replayed = replay(rules, writer, [state(start + timedelta(hours=place), each) for place, each in enumerate(levels)])
    for earlier, later in pairwise(replayed):
        same_day = (earlier.at + HOUR).date() == (later.at + HOUR).date()
        assert not (same_day and earlier.level is not None and earlier.level == later.level)
