"""The number of a message: easy to say, and a mistyped one is never taken for another message."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoffs.reference import ALPHABET, find_reference, new_reference


def test_a_number_has_no_letter_that_looks_like_another() -> None:
    numbers = {new_reference("LG") for _ in range(200)}
    assert len(numbers) > 190
    assert not set("01OIL") & set("".join(number.removeprefix("LG-") for number in numbers))


@pytest.mark.parametrize("written", ["{0}", "co ze sprawą {0}?", "nr {1}", "{2}", "{3} proszę", "({0})"])
def test_it_is_found_however_it_is_written(written: str) -> None:
    number = new_reference("LG")
    forms = (number, number.lower(), number.replace("-", ""), number.replace("-", " ").lower())
    assert find_reference("LG", written.format(*forms)) == number


def test_one_wrong_character_or_two_swapped_are_noticed() -> None:
    number = new_reference("LG")
    body = number.removeprefix("LG-")
    wrong = {body[:at] + letter + body[at + 1 :] for at in range(5) for letter in ALPHABET} - {body}
    for one, other in combinations(range(5), 2):
        letters = list(body)
        letters[one], letters[other] = letters[other], letters[one]
        wrong |= {"".join(letters)} - {body}
    assert not [text for text in wrong if find_reference("LG", f"LG-{text}")]


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    found = find_reference("LG", text)
    assert found is None or len(found) == 8


@pytest.mark.parametrize("text", ["", "LG", "lg 12345", "algorytm", "XLG-7K3M2", "LG-7K3M22", "telewizor LG OLED55"])
def test_other_texts_name_no_message(text: str) -> None:
    assert find_reference("LG", text) is None
