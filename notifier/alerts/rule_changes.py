"""What staff may change of the city pack's rules: numbers, levels, switching off, and who releases. Never the words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from content.pack_file import PackData
from notifier.alerts.agreement import Place, disagreements
from notifier.alerts.errors import RuleFault, RulesRefusedError
from notifier.alerts.rules import AlertLevel, AlertRules, Level, NoticeRule, Release

_Key = TypeVar("_Key", int, str)
GENERAL = ("clear_after", "repeat_from_hour", "lasts_hours")
"""Settings of the rules that belong to no single rule, level or notice."""


class RuleChange(PackData):
    """Other numbers of a rule; None keeps the pack's."""

    threshold: float | None = None
    clear: float | None = None
    level: Level | None = None
    is_off: bool = False


class RuleChanges(PackData):
    """What differs from the pack; a rule, level or kind of notice that the pack no longer has is passed over."""

    clear_after: int | None = None
    repeat_from_hour: int | None = None
    lasts_hours: int | None = None
    rules: dict[str, RuleChange] = Field(default_factory=dict)
    levels: dict[Level, Release] = Field(default_factory=dict)
    notices: dict[str, Release] = Field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """A setting before and after; None where a rule is switched off."""

    setting: str
    before: str | None
    after: str | None


def read_changes(typed: Mapping[str, Any]) -> RuleChanges:
    """Return changes from plain values, as a form or the database holds them.

    Raises:
        RulesRefusedError: a value is none that such a setting can have.
    """
    try:
        return RuleChanges.model_validate(typed)
    except ValidationError as error:
        found = [RuleFault(fault["type"], ".".join(map(str, fault["loc"]))) for fault in error.errors()]
        raise RulesRefusedError(found) from error


def applied(pack: AlertRules, changes: RuleChanges) -> AlertRules:
    """Return the pack's rules with the changes, checked like the file.

    Raises:
        RulesRefusedError: they break a rule.
    """
    changed = pack.model_dump()
    changed |= {name: value for name in GENERAL if (value := getattr(changes, name)) is not None}
    of_rules = {rule.id: changes.rules.get(rule.id, RuleChange()) for rule in pack.rules}
    changed["rules"] = [
        rule | of_rules[rule["id"]].model_dump(exclude_none=True, exclude={"is_off"})
        for rule in changed["rules"]
        if not of_rules[rule["id"]].is_off
    ]
    for part, releases in (("levels", changes.levels), ("notices", changes.notices)):
        for key, release in releases.items():
            if key in changed[part]:
                changed[part][key]["release"] = release.model_dump()
    return _checked(changed)


def without_sameness(pack: AlertRules, changes: RuleChanges) -> RuleChanges:
    """Return only what really differs from the pack, so that a later pack shows through everywhere else."""
    own = {rule.id: rule for rule in pack.rules}
    rules = {}
    for rule_id, change in changes.rules.items():
        if rule_id not in own:
            continue
        kept = {
            name: value
            for name, value in change.model_dump(exclude_none=True, exclude={"is_off"}).items()
            if value != getattr(own[rule_id], name)
        }
        if kept or change.is_off:
            rules[rule_id] = RuleChange(**kept, is_off=change.is_off)
    return RuleChanges(
        **{name: value for name in GENERAL if (value := getattr(changes, name)) != getattr(pack, name)},
        rules=rules,
        levels=_other_releases(changes.levels, pack.levels),
        notices=_other_releases(changes.notices, pack.notices),
    )


def _other_releases(
    changed: Mapping[_Key, Release], pack: Mapping[_Key, AlertLevel | NoticeRule]
) -> dict[_Key, Release]:
    return {key: release for key, release in changed.items() if key in pack and release != pack[key].release}


def differences(before: AlertRules, after: AlertRules) -> tuple[Difference, ...]:
    """Return what differs between two rules of the same pack, in the order of the file."""
    old, new = dict(_settings(before)), dict(_settings(after))
    names = dict.fromkeys((*old, *new))
    return tuple(Difference(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))


def _settings(rules: AlertRules) -> Iterator[tuple[str, str]]:
    for name in GENERAL:
        yield name, str(getattr(rules, name))
    for rule in rules.rules:
        yield f"rules.{rule.id}.threshold", f"{rule.threshold:g}"
        yield f"rules.{rule.id}.clear", f"{rule.clear:g}"
        yield f"rules.{rule.id}.level", str(rule.level)
    for level, described in rules.levels.items():
        yield f"levels.{level}.release", _release(described.release)
    for kind, notice in rules.notices.items():
        yield f"notices.{kind}.release", _release(notice.release)


def _release(release: Release) -> str:
    if release.hold_minutes is None:
        return release.mode
    return f"{release.mode} {release.hold_minutes} {release.at_deadline}"


def _checked(changed: dict[str, Any]) -> AlertRules:
    ids = [rule["id"] for rule in changed["rules"]]
    try:
        rules = AlertRules.model_validate(changed)
    except ValidationError as error:
        faults = [RuleFault(fault["type"], _setting(fault["loc"], ids)) for fault in error.errors()]
        raise RulesRefusedError(faults) from error
    if found := [RuleFault(each.kind, _setting(each.place, ids)) for each in disagreements(rules)]:
        raise RulesRefusedError(found)
    return rules


def _setting(place: Place, ids: list[str]) -> str:
    """Return the name of a place, with the id of a rule instead of its number."""
    match place:
        case ("rules", int(number), *rest):
            return ".".join(("rules", ids[number], *map(str, rest)))
    return ".".join(map(str, place))
