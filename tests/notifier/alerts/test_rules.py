"""The rules are data that a city may change, and a mistake in them stops the start with file, line and sentence."""

from pathlib import Path

import pytest

from content.pack import City
from core.errors import ConfigurationError
from core.sms_text import segments, to_gsm
from notifier.alerts.episodes import advance
from notifier.alerts.messages import AlertWriter
from notifier.alerts.rules import AlertRules
from notifier.alerts.rules_file import load_rules
from tests.fakes import FrozenClock
from tests.notifier.alerts.town import notice_of, state


def _pack(folder: Path, city: City, old: str, new: str) -> tuple[Path, int]:
    """Write the city's rules with one change, and return the folder and the number of the changed line."""
    written = (city.folder / "alert_rules.yml").read_text(encoding="utf-8")
    before, found, after = written.partition(old)
    assert found
    (folder / "alert_rules.yml").write_text(before + new + after, encoding="utf-8")
    return folder, before.count("\n") + 1


def test_the_city_alerts_from_the_level_zly_on(rules: AlertRules) -> None:
    assert {level: described.name for level, described in rules.levels.items()} == {4: "zły", 5: "bardzo zły"}
    assert (rules.clear_after, rules.repeat_from_hour) == (2, 7)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("clear: 2", "clear: 4", "clear must be lower"),
        ("threshold: 4", "threshold: 4.5", "the index is hourly"),
        ("pollutant: pm10", "pollutant: pm1", "pollutant"),
        ("averaging: 24h", "averaging: 8h", "averaging"),
        ("clear_after: 2", "clear_after: dwa", "clear_after"),
        ("confidence: medium", "confidence: low", "confidence"),
        ("valid_from: 2025-06-01", "valid_from: jutro", "valid_from"),
        ("Indeks jakości powietrza: {index}", "Indeks: {poziom}", "poziom"),
        ("{attribution} {reason}", "{attribution} {powod}", "powod"),
        ("{short_attribution} {reason}", "{reason}", "whose information"),
        ("title: Zła", "title: Alert RCB", "RCB"),
        ("release: {mode: automatic}", "release: {mode: held}", "hold_minutes"),
        ("hold_minutes: 30", "hold_minutes: 2", "hold_minutes"),
        ("id: index_very_bad", "id: index_bad", "used twice"),
        ("level: 5\n  says", "level: 3\n  says", "not described"),
    ],
)
def test_wrong_rules_are_named_with_their_line(
    tmp_path: Path, legnica: City, old: str, new: str, complaint: str
) -> None:
    folder, line = _pack(tmp_path, legnica, old, new)
    with pytest.raises(ConfigurationError, match=complaint) as refused:
        load_rules(folder)
    named = int(str(refused.value).removeprefix(f"{folder}/alert_rules.yml:").partition(":")[0])
    # Where several values of one entry disagree, the line is that of the entry.
    assert line - 12 <= named <= line + 1


def test_a_message_never_waits_longer_than_it_is_worth_sending(tmp_path: Path, legnica: City) -> None:
    folder, _ = _pack(tmp_path, legnica, "lasts_hours: 6", "lasts_hours: 1")
    with pytest.raises(ConfigurationError, match=r"yml:\d+: hold_minutes must end before the message expires"):
        load_rules(folder)


def test_missing_rules_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"alert_rules\.yml:1: the file is missing"):
        load_rules(tmp_path)


@pytest.mark.parametrize(("index", "pm10_day"), [(4, None), (5, None), (5, 160.0), (None, 112.4)])
def test_an_alert_fits_one_sms(
    rules: AlertRules, writer: AlertWriter, clock: FrozenClock, index: int | None, pm10_day: float | None
) -> None:
    hour = state(clock.now(), index, pm10_day=pm10_day)
    episode = advance(None, hour, rules)
    assert episode
    for text in (writer.alert(episode, hour), writer.all_clear(episode, hour)):
        assert segments(to_gsm(f"{text.title}\n{text.sms}")) <= 2
        assert text.body.count("Średnia PM10") <= 1


def test_braces_in_a_foreign_text_are_only_text(writer: AlertWriter, clock: FrozenClock) -> None:
    text = writer.notice(notice_of("{0} {reason}", clock.now(), precautions="{x}"), sample=False)
    assert "„{0} {reason}”" in text.sms
    assert "„{x}”" in text.body
