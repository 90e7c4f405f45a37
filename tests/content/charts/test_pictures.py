"""A chart as a picture: all of it is there, in words too, and it needs neither colour nor script."""

import re
import struct
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from content.answer import Chart, ChartBand, ChartLimit, ChartPoint
from content.charts import NARROW, WIDE, png, svg
from content.charts.layout import Layout

START = datetime(2026, 11, 20, 23, tzinfo=UTC)
LEVELS = ("bardzo dobry", "dobry", "umiarkowany", "dostateczny", "zły", "bardzo zły")
UPPER = (20, 50, 80, 110, 150, None)
SVG = "{http://www.w3.org/2000/svg}"


def _chart(values: Sequence[float | None], limit: float | None = 50) -> Chart:
    return Chart(
        key="k",
        title="PM10 <w mieście> & okolicy",
        description="Wykres stężenia PM10.",
        unit="µg/m³",
        points=tuple(ChartPoint(START + timedelta(hours=at), value) for at, value in enumerate(values)),
        source="Źródło danych: GIOŚ",
        limit=ChartLimit("norma dobowa 50 µg/m³", limit) if limit else None,
        bands=tuple(ChartBand(name, upper) for name, upper in zip(LEVELS, UPPER, strict=True)),
    )


def _drawn(chart: Chart, layout: Layout = WIDE) -> ET.Element:
    return ET.fromstring(svg(chart, layout))  # noqa: S314 - our own drawing


def _lines(root: ET.Element) -> list[str]:
    return [path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("class") == "l"]


def _texts(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def test_it_is_named_and_described_for_screen_readers() -> None:
    root = _drawn(_chart([10.0] * 24))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert [named[part] for part in root.get("aria-labelledby", "").split()] == [
        "PM10 <w mieście> & okolicy",
        "Wykres stężenia PM10.",
    ]


def test_unit_limit_levels_and_source_stand_on_it() -> None:
    texts = _texts(_drawn(_chart([10.0, 68.4, 30.0] * 8)))
    for text in ("µg/m³", "norma dobowa 50 µg/m³", "dobry", "umiarkowany", "Źródło danych: GIOŚ", "68,4"):
        assert text in texts
    assert "bardzo zły" not in texts


def test_on_a_phone_the_levels_are_explained_below_and_every_letter_can_be_read() -> None:
    root = _drawn(_chart([10.0, 68.4, 30.0] * 8), NARROW)
    texts = _texts(root)
    for text in ("µg/m³", "bardzo dobry", "dobry", "umiarkowany", "68,4"):
        assert text in texts
    samples = [rect.get("fill") for rect in root.iter(f"{SVG}rect") if rect.get("class") == "g"]
    assert len(samples) == len(set(samples)) == 3
    style = root.findtext(f"{SVG}style") or ""
    sizes = [int(size) for size in re.findall(r"font(?:-size)?:(\d+)px", style)]
    # Of a screen of 320 pixels 246 are left for the picture.
    assert sizes
    assert all(size * 246 / NARROW.width >= 12 for size in sizes)


@pytest.mark.parametrize("hours", [6, 24, 26, 36, 40, 72, 100, 169])
@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
def test_hours_do_not_run_into_each_other(layout: Layout, hours: int) -> None:
    root = _drawn(_chart([10.0] * hours), layout)
    written = [text for text in root.iter(f"{SVG}text") if ":" in (text.text or "")]
    places = [float(text.get("x", "")) for text in written if text.get("class") == "s m"]
    # Five signs of little more than half their height.
    width = 5 * 0.6 * layout.small_letters
    assert all(second - first > width for first, second in pairwise(places))
    assert all(width / 2 <= place <= layout.width - width / 2 for place in places)


def test_hours_are_polish_and_days_are_dated() -> None:
    texts = _texts(_drawn(_chart([10.0] * 72)))
    assert texts.count("00:00") == 3
    assert texts.count("12:00") == 3
    assert [text for text in texts if text.endswith(".11")] == ["21.11", "22.11", "23.11"]


def test_a_missing_hour_breaks_the_line() -> None:
    assert len(_lines(_drawn(_chart([10.0] * 24)))) == 1
    assert len(_lines(_drawn(_chart([10.0] * 5 + [None] * 2 + [20.0] * 5)))) == 2


def test_an_hour_between_gaps_is_still_seen() -> None:
    root = _drawn(_chart([10.0] * 5 + [None, 30.0, None] + [20.0] * 5))
    assert len(_lines(root)) == 2
    assert any(circle.get("r") == "3" for circle in root.iter(f"{SVG}circle"))


def test_levels_differ_without_colour() -> None:
    root = _drawn(_chart([10.0, 160.0] * 12))
    fills = [rect.get("fill") for rect in root.iter(f"{SVG}rect")][1:]
    assert len(fills) == len(set(fills)) == 6
    dashed = next(path for path in root.iter(f"{SVG}path") if path.get("class") == "d")
    assert "stroke-dasharray" in (root.findtext(f"{SVG}style") or "")
    assert dashed is not None


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("values", [[0.0] * 24, [None] * 24, [3000.0] * 24, [7.0], []])
def test_any_data_give_a_picture(values: list[float | None], layout: Layout) -> None:
    root = _drawn(_chart(values), layout)
    numbers = [float(text.get("y", "")) for text in root.iter(f"{SVG}text")]
    assert all(0 <= number <= layout.height for number in numbers)


def test_nothing_runs_or_is_fetched() -> None:
    drawn = svg(_chart([10.0] * 24))
    assert "<script" not in drawn
    assert drawn.count("http") == 1


def test_the_png_shows_the_same_at_twice_the_size() -> None:
    picture = png(_chart([10.0, 68.4, 30.0] * 8))
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (1440, 800)


def test_polish_letters_are_drawn_with_the_font_that_comes_with_us() -> None:
    plain = replace(_chart([10.0] * 24), title="")
    pictures = [png(replace(plain, title=letter)) for letter in ("", *"ąćęłńóśźż", "³", "µ", "–", "\U0001f9e8")]
    assert len(set(pictures)) == len(pictures)
