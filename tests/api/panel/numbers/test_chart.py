"""The drawing of bars."""

import pytest

from api.panel.numbers.chart import stacked

_DAYS = ("1.11", "2.11", "3.11")


def test_bars_stand_on_top_of_each_other() -> None:
    chart = stacked("Pytania", _DAYS, {"dobre": [30, 0, 10], "złe": [10, 0, 0]}, lambda value: f"{value:g}")
    assert chart
    assert chart.marks == ("40", "20", "0")
    assert [(piece.x, piece.y, piece.height, piece.series) for piece in chart.pieces] == [
        (1.0, 25.0, 75.0, 0),
        (21.0, 75.0, 25.0, 0),
        (1.0, 0.0, 25.0, 1),
    ]
    assert chart.pieces[2].words == "1.11, złe: 10"
    assert "najwięcej 1.11: 40" in chart.description


def test_without_any_value_there_is_no_chart() -> None:
    assert stacked("Pytania", _DAYS, {"dobre": [0, 0, 0]}, str) is None


@pytest.mark.parametrize(("highest", "top"), [(1, 2), (3, 4), (57, 60), (61, 80), (980, 1000), (1001, 1200)])
def test_the_scale_ends_at_a_round_number_with_a_whole_half(highest: int, top: int) -> None:
    chart = stacked("Pytania", _DAYS, {"dobre": [highest, 0, 0]}, lambda value: f"{value:g}")
    assert chart
    assert chart.marks == (f"{top}", f"{top // 2}", "0")


@pytest.mark.parametrize(("days", "labels"), [(1, ["0"]), (2, ["0", "1"]), (30, ["0", "14", "29"])])
def test_first_middle_and_last_day_stand_below(days: int, labels: list[str]) -> None:
    chart = stacked("Pytania", [f"{day}" for day in range(days)], {"dobre": [1] * days}, str)
    assert chart
    assert list(chart.labels) == labels
