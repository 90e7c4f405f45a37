"""Cells of a file that is opened in a spreadsheet."""

import pytest

from core.spreadsheet import csv_of, harmless


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\u00a0=1", "\ufeff=1", "\n=1"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(("cell", "written"), [("zwykły tekst", "zwykły tekst"), (None, ""), (7, "7"), ("a=b", "a=b")])
def test_plain_text_stays(cell: object, written: str) -> None:
    assert harmless(cell) == written


def test_polish_letters_quotes_and_line_ends_are_kept() -> None:
    body = csv_of([("a",), ('„Zażółć";\n',)]).decode()
    assert body == '\ufeff"a"\r\n"„Zażółć"";\n"\r\n'
