"""Reads the rules of a city pack, and tells every fault in them with its file and line."""

from pathlib import Path

from pydantic import TypeAdapter

from content.pack_file import PackError, read_pack_file
from notifier.alerts.agreement import disagreements
from notifier.alerts.rules import AlertRules


def load_rules(folder: Path) -> AlertRules:
    """Read `alert_rules.yml` of the city pack in `folder`.

    Raises:
        PackError: the file is missing or breaks a rule; the message says where and which.
    """
    file = read_pack_file(folder / "alert_rules.yml")
    rules = file.parse(TypeAdapter(AlertRules))
    if found := list(disagreements(rules)):
        raise PackError(file.problem(each.place, each.message) for each in found)
    return rules
