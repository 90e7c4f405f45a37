"""Present and changed rules side by side over the same air."""

from datetime import timedelta

import pytest

from notifier.alerts.messages import AlertWriter
from notifier.alerts.replay import compared, replay
from notifier.alerts.rule_changes import RuleChange, RuleChanges, applied
from notifier.alerts.rules import AlertRules, Release
from tests.fakes import FrozenClock
from tests.notifier.alerts.town import HOUR, state

_HELD = Release(mode="held", hold_minutes=30, at_deadline="lapse")


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        (RuleChanges(), [(True, 4, 4), (True, None, None)]),
        (RuleChanges(rules={"index_bad": RuleChange(threshold=3, clear=2)}), [(False, None, 4), (False, 4, None)]),
        (RuleChanges(levels={4: _HELD}), [(False, 4, 4), (True, None, None)]),
    ],
)
def test_each_message_is_the_same_another_or_missing(
    rules: AlertRules,
    writer: AlertWriter,
    clock: FrozenClock,
    changes: RuleChanges,
    seen: list[tuple[bool, int | None, int | None]],
) -> None:
    states = [state(clock.now() + number * HOUR, level) for number, level in enumerate((1, 3, 4, 1, 1))]
    changed = applied(rules, changes)
    pairs = compared(replay(rules, writer, states), replay(changed, writer, states))
    told = [(p.is_same, p.present and p.present.level, p.changed and p.changed.level) for p in pairs]
    assert told[: len(seen)] == seen
    assert [pair.at for pair in pairs] == sorted(pair.at for pair in pairs)
    assert all(pair.at - clock.now() < timedelta(hours=6) for pair in pairs)
