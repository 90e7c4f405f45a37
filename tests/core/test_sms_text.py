"""SMS parts and the GSM alphabet."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.sms_text import GSM_PART, is_gsm, segments, to_gsm, units

POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
# Any character, half characters included.
texts = st.text(max_size=700)
gsm_texts = st.text(alphabet="abcXYZ 0159.,\n@é^{}[]~|€\\", max_size=700)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("a", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        # 153 is odd: an escape and its character stay together, so a part of nothing else holds 76.
        ("€" * 152, 2),
        ("€" * 153, 3),
        ("ą" * 70, 1),
        ("ą" * 71, 2),
        ("ą" * 134, 2),
        ("ą" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        # 67 is odd, too: 33 whole emoji a part.
        ("😀" * 66, 2),
        ("😀" * 67, 3),
        ("a" * 69 + "ą", 1),
        ("a" * 70 + "ą", 2),
    ],
)
def test_parts_are_counted_as_networks_do(text: str, parts: int) -> None:
    assert segments(text) == parts


@pytest.mark.parametrize(("character", "cost"), [("a", 1), ("ò", 1), ("ö", 1), ("€", 2), ("[", 2), ("\\", 2)])
def test_signs_of_the_extension_count_two(character: str, cost: int) -> None:
    assert units(character) == cost


@pytest.mark.parametrize("character", [*POLISH, "µ", "³", "°", "–", "„", "`", "\u00a0", "ç", "😀"])
def test_one_foreign_character_turns_the_whole_message(character: str) -> None:
    assert not is_gsm(character)
    assert segments("a" * 70 + character) == 2


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (POLISH, "acelnoszzACELNOSZZ"),
        ("PM10: 68,4 µg/m³ × 2 – „źle”…", 'PM10: 68,4 ug/m3 x 2 - "zle"...'),
        ("68,4 μg/m³", "68,4 ug/m3"),
        ("• pierwsze", "- pierwsze"),
        ("21°C, 5 °C, kąt 90°", "21 st. C, 5 st. C, kat 90 st."),
        ("18\u00a0000 zł", "18 000 zl"),
        ("½ l’eau ≤ 3 m²", "1/2 l'eau <= 3 m2"),
        ("o\u0301 z\u0307", "o z"),
        ("Gdańsk 😀 👨\u200d👩\u200d👧 日本", "Gdansk   "),
        ("café à Ö €", "café à Ö €"),
        ("ê`ç", "e'c"),
        ("a\fb\tc\x00d\ud800e", "a b cde"),
    ],
)
def test_polish_and_signs_are_written_in_the_gsm_alphabet(text: str, written: str) -> None:
    assert to_gsm(text) == written


@settings(deadline=None)
@given(texts)
def test_whatever_comes_in_the_result_is_gsm(text: str) -> None:
    written = to_gsm(text)
    assert is_gsm(written)
    assert to_gsm(written) == written


@settings(deadline=None)
@given(gsm_texts)
def test_parts_of_gsm_text_lie_between_the_plain_and_the_worst_packing(text: str) -> None:
    length = units(text)
    assert segments(text) >= math.ceil(length / 160)
    if length > 160:
        assert math.ceil(length / GSM_PART) <= segments(text) <= math.ceil(length / (GSM_PART - 1))


def _counted_by_hand(text: str) -> int:
    """Cut a text into parts as a phone does, with Python's own UTF-16 and the alphabet written out anew."""
    basic = bytes(range(0x20, 0x7F)).decode().translate(dict.fromkeys(map(ord, "[\\]^`{|}~")))
    basic += "\n\r£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà"
    if set(text) <= set(basic + "\f^{}\\[~]|€"):
        cells, alone, part = [character if character in basic else "\x1b" + character for character in text], 160, 153
    else:
        cells, alone, part = (
            [character.encode("utf-16-be", "surrogatepass").decode("latin-1") for character in text],
            140,
            134,
        )
    if len("".join(cells)) <= alone:
        return 1 if text else 0
    parts = [""]
    for cell in cells:
        parts = [*parts, cell] if len(parts[-1] + cell) > part else [*parts[:-1], parts[-1] + cell]
    return len(parts)


@settings(deadline=None)
@given(texts | gsm_texts | st.text(alphabet="ąłµ³😀ab€[", max_size=300))
def test_parts_are_those_of_a_counter_written_apart(text: str) -> None:
    assert segments(text) == _counted_by_hand(text)


@settings(deadline=None)
@given(st.text(alphabet=POLISH + "aZ09 .µ°²³–—„”…•µg/m×", max_size=300))
def test_nothing_that_city_texts_use_is_lost_or_becomes_a_question_mark(text: str) -> None:
    written = to_gsm(text)
    assert "?" not in written
    assert len(written) >= len(text)


@settings(deadline=None)
@given(texts, texts)
def test_a_longer_text_never_costs_less(text: str, more: str) -> None:
    assert segments(text + more) >= segments(text)
    assert segments(to_gsm(text)) <= segments(text) or len(to_gsm(text)) > len(text)
