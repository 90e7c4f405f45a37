"""The rules are data that a city may change, and a mistake in them stops the start with a sentence."""

from pathlib import Path

import pytest

from content.pack import City
from core.errors import ConfigurationError
from notifier.alerts.rules import load_rules


def _pack(folder: Path, city: City, old: str, new: str) -> Path:
    written = (city.folder / "alert_rules.yml").read_text(encoding="utf-8")
    assert old in written
    (folder / "alert_rules.yml").write_text(written.replace(old, new), encoding="utf-8")
    return folder


def test_the_city_alerts_from_the_level_zly_on(legnica: City) -> None:
    rules = load_rules(legnica.folder)
    assert (rules.raise_from, rules.clear_at, rules.clear_after) == (4, 2, 2)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("clear_at: 2", "clear_at: 4", "clear_at must be lower"),
        ("raise_from: 4", "raise_from: 3", "each level from 3 to 5"),
        ("raise_from: 4", "raise_from: 9", "raise_from"),
        ("clear_after: 2", "clear_after: dwa", "clear_after"),
        ("raise_from:", "raised_from:", "raise_from"),
        ("Indeks jakości powietrza: {level}", "Indeks: {poziom}", "poziom"),
    ],
)
def test_wrong_rules_are_named(tmp_path: Path, legnica: City, old: str, new: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError, match=complaint):
        load_rules(_pack(tmp_path, legnica, old, new))


def test_missing_rules_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"has no alert_rules\.yml"):
        load_rules(tmp_path)
