import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.message import clean_text


@pytest.mark.parametrize(
    ("given_text", "clean"),
    [
        ("jakie\x00 jest\tpowietrze\r\n", "jakie jest powietrze"),
        ("\u202edotacja\u202c", "dotacja"),
        ("a\ud800b", "a b"),
        ("z\u0307o\u0301łw", "żółw"),
        ("  \n\x07 ", ""),
        ("😀", "😀"),
    ],
)
def test_cleans(given_text: str, clean: str) -> None:
    assert clean_text(given_text) == clean


@given(st.text())
def test_the_result_can_always_be_stored_and_sent(text: str) -> None:
    clean = clean_text(text)
    clean.encode()
    assert "\x00" not in clean
