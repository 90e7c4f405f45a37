"""The form of the rules: its fields from rules, changes from its fields, and a mark of what was tried."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from math import isfinite, nan
from typing import Any

from api.panel.forms import Fields
from notifier.alerts.errors import RuleFault, RulesRefusedError
from notifier.alerts.rule_changes import GENERAL, RuleChanges, read_changes
from notifier.alerts.rules import AlertRules, Release

Typed = Mapping[str, str]

_AUTOMATIC, _SEND, _LAPSE = "automatic", "send", "lapse"
RELEASES = (
    (_AUTOMATIC, "od razu"),
    (_SEND, "po decyzji, a bez niej wyślij"),
    (_LAPSE, "po decyzji, a bez niej nie wysyłaj"),
)


def typed_of(rules: AlertRules, pack: AlertRules) -> dict[str, str]:
    """Return the fields as they are filled before anybody types; a rule that is off shows the pack's numbers."""
    typed = {name: str(getattr(rules, name)) for name in GENERAL}
    for own in pack.rules:
        rule = rules.rule(own.id) or own
        typed[f"rules.{own.id}.on"] = "tak" if rules.rule(own.id) else ""
        typed[f"rules.{own.id}.threshold"] = _number(rule.threshold)
        typed[f"rules.{own.id}.clear"] = _number(rule.clear)
        typed[f"rules.{own.id}.level"] = str(rule.level)
    for place, release in _releases(rules):
        typed[f"{place}.release"] = release.at_deadline or _AUTOMATIC
        typed[f"{place}.minutes"] = "" if release.hold_minutes is None else str(release.hold_minutes)
    return typed


def typed_in(fields: Fields, pack: AlertRules) -> dict[str, str]:
    """Return what somebody typed into the form."""
    return {name: fields.text(name, 20) for name in typed_of(pack, pack)}


def changes_of(typed: Typed, pack: AlertRules) -> RuleChanges:
    """Return the changes that the fields ask for.

    Raises:
        RulesRefusedError: a field holds no number, or one that such a setting cannot have.
    """
    faults: list[RuleFault] = []

    def number(name: str) -> float | None:
        try:
            value = float(typed[name].replace(",", ".").replace(" ", ""))
        except ValueError:
            value = nan
        if isfinite(value):
            return value
        faults.append(RuleFault("not_a_number", name))
        return None

    changes: dict[str, Any] = {name: number(name) for name in GENERAL}
    changes["rules"] = {
        rule.id: {
            "threshold": number(f"rules.{rule.id}.threshold"),
            "clear": number(f"rules.{rule.id}.clear"),
            "level": number(f"rules.{rule.id}.level"),
            "is_off": not typed[f"rules.{rule.id}.on"],
        }
        for rule in pack.rules
    }
    changes["levels"] = {level: _release(typed, f"levels.{level}", number) for level in pack.levels}
    changes["notices"] = {kind: _release(typed, f"notices.{kind}", number) for kind in pack.notices}
    if faults:
        raise RulesRefusedError(faults)
    return read_changes(changes)


def mark_of(changes: RuleChanges, seen: int) -> str:
    """Return a mark by which the saved changes are known to be those that were tried."""
    written = json.dumps([changes.model_dump(mode="json"), seen], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def faults_by_part(error: RulesRefusedError) -> dict[str, list[RuleFault]]:
    """Return the faults by the part of the form that they are shown at, such as "rules.pm10_day_alert"."""
    found: dict[str, list[RuleFault]] = {}
    for fault in error.faults:
        part = ".".join(fault.setting.split(".")[:2])
        found.setdefault(part, []).append(fault)
    return found


def _release(typed: Typed, place: str, number: Callable[[str], float | None]) -> dict[str, Any]:
    chosen = typed[f"{place}.release"]
    if chosen not in (_SEND, _LAPSE):
        return {"mode": "automatic"}
    return {"mode": "held", "hold_minutes": number(f"{place}.minutes"), "at_deadline": chosen}


def _releases(rules: AlertRules) -> Iterator[tuple[str, Release]]:
    yield from ((f"levels.{level}", described.release) for level, described in rules.levels.items())
    yield from ((f"notices.{kind}", notice.release) for kind, notice in rules.notices.items())


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")
