from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.results import Part, Results, read, table, write
from bench.rows import Row, at_least

RESULTS = Results(
    measured_at=datetime(2026, 11, 26, 12, 30, tzinfo=UTC),
    seconds=90,
    machine={"processor": "a processor", "cores": "2"},
    parts=(
        Part(
            name="chat",
            title="Chat",
            seconds=60,
            rows=(
                Row(name="bare", value=512.34, unit="/s", p50=12.5, p95=20, p99=31, processor=1.5),
                Row(name="chat", value=400, unit="/s", ratio=0.781, against="bare", targets=(at_least("ratio", 0.8),)),
            ),
        ),
        Part(name="alerts", title="Alerts", seconds=30, problem="it took longer than 30 s"),
    ),
)


def test_the_table_shows_figures_targets_and_what_was_missed() -> None:
    lines = [" ".join(line.split()) for line in table(RESULTS).splitlines()]
    assert "| bare | 512/s | 12.5 | 20 | 31 | 1.50 | | | |" in lines
    assert "| chat | 400/s | | | | | 0.78 × bare | ratio ≥ 0.80 | **missed** |" in lines


def test_the_table_says_what_could_not_be_measured() -> None:
    assert "not measured: it took longer than 30 s" in table(RESULTS)
    assert RESULTS.problems == ["Alerts: it took longer than 30 s"]


def test_the_table_names_machine_and_time() -> None:
    assert "a processor" in table(RESULTS)
    assert "2026-11-26 12:30 UTC, 1.5 minutes" in table(RESULTS)


def test_what_was_missed_is_listed() -> None:
    assert RESULTS.missed == ["Chat: chat"]


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    write(tmp_path / "folder" / "run.json", RESULTS)
    assert read(tmp_path / "folder" / "run.json") == RESULTS


def test_a_row_that_was_not_measured_is_named() -> None:
    assert RESULTS.row("chat", "bare").value == 512.34
    with pytest.raises(KeyError, match="alerts: latency"):
        RESULTS.row("alerts", "latency")
