from hypothesis import given
from hypothesis import strategies as st

from core.text import PLACE_TOKEN, fold


def test_folds_all_polish_letters() -> None:
    assert fold("ZAŻÓŁĆ GĘŚLĄ JAŹŃ, zażółć gęślą jaźń") == "zazolc gesla jazn, zazolc gesla jazn"


@given(st.text())
def test_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_place_token_survives_folding() -> None:
    assert fold(PLACE_TOKEN) == PLACE_TOKEN
