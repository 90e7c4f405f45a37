"""Whoever reads the audit log reads Polish: every deed of the product has a name there."""

import re
from pathlib import Path

from api.panel.audit.words import ACTIONS

_PACKAGES = ("api", "bot", "content", "core", "hub", "nlu", "notifier")
_OWNERS = ("alert", "announcement", "audit", "banner", "channel", "handoff", "key", "model", "retention", "staff")
_DEED = re.compile(rf'"((?:{"|".join((*_OWNERS, "teaching", "text", "training", "transcript"))})\.[a-z_]+)"')
_FILES = re.compile(r"\.(py|html|yml|css|js|skops)$")


def test_every_deed_has_a_polish_name() -> None:
    root = Path(__file__).parents[3]
    files = [
        path
        for package in _PACKAGES
        for path in (root / package).rglob("*.py")
        if not any(part.startswith(".") or part == "node_modules" for part in path.relative_to(root).parts)
    ]
    named = {deed for path in files for deed in _DEED.findall(path.read_text(encoding="utf-8"))}
    deeds = {deed for deed in named if not _FILES.search(deed)}
    assert deeds - set(ACTIONS) == set()
    assert {"text.edited", "handoff.answered", "retention.changed"} <= deeds
