"""Reads the rules of a city pack, and tells every fault in them with its file and line."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from pydantic import TypeAdapter

from content.pack_file import PackError, PackFile, Problem, read_pack_file
from notifier.alerts.rules import AlertRules

Place = tuple[str | int, ...]


def load_rules(folder: Path) -> AlertRules:
    """Read `alert_rules.yml` of the city pack in `folder`.

    Raises:
        PackError: the file is missing or breaks a rule; the message says where and which.
    """
    file = read_pack_file(folder / "alert_rules.yml")
    rules = file.parse(TypeAdapter(AlertRules))
    if problems := list(_disagreements(file, rules)):
        raise PackError(problems)
    return rules


def _disagreements(file: PackFile, rules: AlertRules) -> Iterator[Problem]:
    known: set[str] = set()
    for number, rule in enumerate(rules.rules):
        if rule.id in known:
            yield file.problem(("rules", number, "id"), f"the id {rule.id} is used twice")
        if rule.level not in rules.levels:
            yield file.problem(("rules", number, "level"), f"level {rule.level} is not described under levels")
        known.add(rule.id)
    for level in sorted(set(rules.levels) - {rule.level for rule in rules.rules}):
        yield file.problem(("levels", level), f"no rule raises level {level}")
    holds: dict[Place, timedelta | None] = {
        **{("levels", level, "release"): described.release.hold for level, described in rules.levels.items()},
        **{("notices", kind, "release"): described.release.hold for kind, described in rules.notices.items()},
    }
    for place, hold in holds.items():
        if hold is not None and hold >= rules.lasts:
            yield file.problem(place, "hold_minutes must end before the message expires (lasts_hours)")
