"""The guide of the staff speaks the words of the panel."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from tests.fixtures.running import ROOT

_PANEL = ROOT / "api" / "panel"
_GUIDE = ROOT / "docs" / "staff-guide"
_PAGES = sorted(_GUIDE.glob("*.md"))
_ON_SCREEN = re.compile(r"\*\*„([^”]+)”\*\*")
_TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}|<[^>]*>", re.DOTALL)
_QUOTED = re.compile(r'"([^"\n]*)"')


def _shown() -> Iterator[str]:
    """Return what the panel shows: texts between tags, and quoted words of templates and Python."""
    for file in (*_PANEL.rglob("*.html"), *_PANEL.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        yield from _QUOTED.findall(source)
        if file.suffix == ".html":
            yield from _TAGS.sub("\n", source).splitlines()


def _in_one_line(page: Path) -> str:
    return " ".join(page.read_text(encoding="utf-8").split())


_SHOWN = {" ".join(unescape(each).split()) for each in _shown()}


def _is_on_screen(name: str) -> bool:
    """Tell whether the panel shows these words: as they are, or with a number or a field after them."""
    return name in _SHOWN or any(re.match(rf"{re.escape(name)} ?[({{,:]", each) for each in _SHOWN)


def test_what_the_guide_tells_to_press_is_in_the_panel() -> None:
    named = [(page.name, each) for page in _PAGES for each in _ON_SCREEN.findall(_in_one_line(page))]
    assert len(named) > 100
    assert sorted({pair for pair in named if not _is_on_screen(pair[1])}) == []


def test_every_page_can_be_reached_from_the_first() -> None:
    first = (_GUIDE / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in _PAGES if page.name != "README.md" and f"({page.name})" not in first] == []
