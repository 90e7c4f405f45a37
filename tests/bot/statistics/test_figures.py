"""Figures of known counts."""

from datetime import timedelta

import pytest

from bot.handoffs.states import HandoffState
from bot.statistics.figures import OTHER_TOPIC, AnswerTimes, Cases, Talks, Verdict, topic_of
from bot.statistics.repository import RatingCount, TurnCount

TALKS = Talks.of(
    [
        TurnCount(0, "air_quality_now", "answered", 6),
        TurnCount(0, "charger_find", "confirm", 1),
        TurnCount(0, "charger_find", "choose", 1),
        TurnCount(2, "charger_find", "clarify", 1),
        TurnCount(2, "charger_price", "answered", 4),
        TurnCount(2, "out_of_scope", "fallback", 2),
        TurnCount(2, "human_handoff", "handoff", 4),
        TurnCount(2, "long_gone", "answered", 1),
    ],
    days=3,
)


def test_every_turn_has_one_outcome() -> None:
    assert TALKS.total == {"answered": 11, "asked_back": 3, "unknown": 2, "handed_off": 4}
    assert [day.total() for day in TALKS.by_day] == [8, 0, 12]
    assert TALKS.by_day[2]["asked_back"] == 1
    assert TALKS.by_decision == {"answered": 11, "confirm": 1, "choose": 1, "clarify": 1, "fallback": 2, "handoff": 4}


def test_shares_are_of_all_turns() -> None:
    assert TALKS.total.share("answered") == pytest.approx(0.55)
    assert TALKS.total.share("handed_off") == pytest.approx(0.2)
    assert Talks.of([], days=3).total.share("answered") is None


def test_topics_come_with_the_most_asked_first_and_keep_what_is_known_no_longer() -> None:
    assert {topic: outcomes.total() for topic, outcomes in TALKS.by_topic().items()} == {
        "charging": 7,
        "air": 6,
        "office": 4,
        "conversation": 2,
        OTHER_TOPIC: 1,
    }
    assert list(TALKS.by_topic())[:2] == ["charging", "air"]
    assert {intent: outcomes.total() for intent, outcomes in TALKS.of_topic("charging").items()} == {
        "charger_price": 4,
        "charger_find": 3,
    }


def test_the_helpful_share_is_of_those_who_rated() -> None:
    counts = [RatingCount("greet", True, None, 3), RatingCount("greet", False, "wrong", 1)]
    assert Verdict.of(counts) == Verdict(3, 1)
    assert Verdict.of(counts).share == pytest.approx(0.75)
    assert Verdict.of([]).share is None


def test_verdicts_are_told_by_topic() -> None:
    counts = [
        RatingCount("charger_find", True, None, 2),
        RatingCount("charger_price", False, "wrong", 1),
        RatingCount("air_quality_now", False, None, 4),
    ]
    assert Verdict.by(counts, topic_of) == {"charging": Verdict(2, 1), "air": Verdict(0, 4)}


@pytest.mark.parametrize(("share", "expected"), [(0.5, 20), (0.95, 40), (0.25, 10), (1.0, 40)])
def test_percentiles_are_times_that_occurred(share: float, expected: int) -> None:
    assert AnswerTimes({40: 1, 10: 1, 30: 1, 20: 1}).percentile(share) == expected


def test_without_any_time_there_is_no_percentile() -> None:
    assert AnswerTimes({}).percentile(0.5) is None


def test_times_are_counted_between_limits() -> None:
    times = AnswerTimes({99: 2, 100: 1, 999: 3, 1000: 5})
    assert [times.between(0, 100), times.between(100, 1000), times.between(1000, None)] == [2, 4, 5]


def test_the_median_wait_is_of_the_answered_ones() -> None:
    hours = [timedelta(hours=number) for number in (1, 2, 9)]
    cases = Cases({HandoffState.OPEN: 2, HandoffState.ANSWERED: 3}, hours)
    assert (cases.total, cases.median_reply) == (5, timedelta(hours=2))
    assert Cases({}, []).median_reply is None
