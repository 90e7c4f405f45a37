from pathlib import Path

import pytest

from bench import docs
from bench.docs import filled

PLACE = "Before\n\n<!-- plan -->\nold\n<!-- /plan -->\n\nafter\n"


def test_the_tables_of_the_documents_are_those_of_the_kept_figures() -> None:
    assert docs.stale() == []


def test_a_table_takes_the_place_of_the_old_one() -> None:
    assert filled(PLACE, {"plan": "| new |"}) == "Before\n\n<!-- plan -->\n\n| new |\n\n<!-- /plan -->\n\nafter\n"


def test_filling_twice_changes_nothing() -> None:
    once = filled(PLACE, {"plan": "| new |"})
    assert filled(once, {"plan": "| new |"}) == once


def test_a_document_without_the_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no place for the table plan"):
        filled("nothing here", {"plan": "| new |"})
