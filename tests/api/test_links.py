"""What can be tapped in a text, by the one table that also the widget is held to."""

import json
import re
from pathlib import Path

import pytest

from api.pages.links import with_links

_CASES = json.loads((Path(__file__).parents[2] / "api/widget/tests/links.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "links"), _CASES)
def test_what_can_be_tapped(text: str, links: dict[str, str]) -> None:
    page = with_links(text)
    assert {shown: href for href, shown in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', page)} == links
    assert page.striptags().replace("\u00a0", " ") == text


def test_markup_stays_text_and_a_number_whole() -> None:
    page = with_links("<b>Do 53 000 zł</b>\nna osobę https://a.example/?x=<script>")
    assert page == (
        "&lt;b&gt;Do 53\u00a0000\u00a0zł&lt;/b&gt;\nna osobę "
        '<a href="https://a.example/?x=" rel="noopener noreferrer">https://a.example/?x=</a>&lt;script&gt;'
    )
