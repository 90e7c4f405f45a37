"""What an SMS costs in both spellings, and which characters make it dear."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sms_text import segments
from notifier.pricing import DearCharacter, SegmentPrice, sms_cost

PRICE = SegmentPrice(Decimal("0.075"))


def test_polish_letters_cost_and_are_named() -> None:
    notice = "Zażółć gęślą jaźń, " + "a" * 60
    cost = sms_cost(notice, 1000, PRICE)
    assert (cost.as_written.segments, cost.as_written.cost) == (2, Decimal("150.00"))
    assert (cost.plain.segments, cost.plain.cost) == (1, Decimal("75.00"))
    assert cost.as_written.to_save == len(notice) - 70
    assert "".join(dear.shown for dear in cost.as_written.dear) == "żółćęśąźń"
    assert cost.plain.dear == ()


def test_in_a_gsm_text_the_characters_that_count_double_are_named() -> None:
    cost = sms_cost("[1] 5 € i 10 €", 1, PRICE)
    assert cost.as_written.segments == 1
    assert cost.as_written.dear == (DearCharacter("[", 1), DearCharacter("]", 1), DearCharacter("€", 2))


def test_what_cannot_be_seen_is_named_by_its_code() -> None:
    assert sms_cost("PM10\u00a050", 1, PRICE).as_written.dear == (DearCharacter("U+00A0", 1),)
    assert sms_cost("50 µg/m³", 1, PRICE).as_written.dear == (DearCharacter("µ", 1), DearCharacter("³", 1))


@pytest.mark.parametrize(
    ("length", "parts", "to_save"), [(160, 1, 0), (161, 2, 1), (306, 2, 146), (307, 3, 1), (0, 0, 0)]
)
def test_how_much_shorter_saves_a_part(length: int, parts: int, to_save: int) -> None:
    spelling = sms_cost("a" * length, 1, PRICE).plain
    assert (spelling.segments, spelling.to_save) == (parts, to_save)


def test_half_a_grosz_is_rounded_once_for_everyone() -> None:
    assert sms_cost("Smog", 3, PRICE).plain.cost == Decimal("0.23")
    assert sms_cost("Smog", 0, PRICE).plain.cost == Decimal("0.00")


@given(st.text("aąłćżź ó€[]µ³😀", max_size=400))
def test_a_text_cut_by_what_is_named_saves_a_part(text: str) -> None:
    spelling = sms_cost(text, 1, PRICE).as_written
    if spelling.to_save:
        assert segments(spelling.text[: len(spelling.text) - spelling.to_save]) < spelling.segments
    assert sms_cost(text, 1, PRICE).plain.segments <= spelling.segments
