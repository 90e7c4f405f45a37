"""Polish sentences."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sms.sentences import sentences, shortened


@pytest.mark.parametrize(
    ("paragraph", "parts"),
    [
        ("Urząd: pl. Słowiański 8. Czynny.", ["Urząd: pl. Słowiański 8.", "Czynny."]),
        ("Pomiar: stacja przy al. Rzeczypospolitej.", ["Pomiar: stacja przy al. Rzeczypospolitej."]),
        ("Powołano je 19 lipca 2018 r. Założyciele: miasto.", ["Powołano je 19 lipca 2018 r.", "Założyciele: miasto."]),
        ("Pożar: tel. 112. Dym: tel. 986.", ["Pożar: tel. 112.", "Dym: tel. 986."]),
        ("Zmiana od 1.07.2024 r. w życie.", ["Zmiana od 1.07.2024 r. w życie."]),
        ("• Moje Ciepło. Do 7 000 zł. Nabór trwa.", ["• Moje Ciepło. Do 7 000 zł.", "Nabór trwa."]),
        ("Czy to gaz? Proszę wyjść!", ["Czy to gaz?", "Proszę wyjść!"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(paragraph: str, parts: list[str]) -> None:
    assert sentences(paragraph) == parts


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (80, "Dotacja do 18 000 zł, na pompę."),
        (30, "Dotacja do 18 000 zł, na..."),
        (22, "Dotacja do..."),
        (18, "Dotacja do..."),
        (11, "Dotacja..."),
        (6, ""),
    ],
)
def test_a_shortened_sentence_breaks_no_word_and_no_number(length: int, text: str) -> None:
    assert shortened("Dotacja do 18 000 zł, na pompę.", length) == text


@settings(deadline=None)
@given(st.text(alphabet="ab1 ,.", max_size=80), st.integers(0, 90))
def test_shortened_is_never_too_long_and_always_a_beginning(sentence: str, length: int) -> None:
    text = shortened(sentence, length)
    assert len(text) <= length or text == ""
    assert sentence.startswith(text.removesuffix("...") if text != sentence else text)
