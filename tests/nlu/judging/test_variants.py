from hypothesis import given
from hypothesis import strategies as st

from nlu.judging.outcome import Sentence
from nlu.judging.variants import folded, one_typo, with_typo


def test_polish_letters_and_capitals_are_left_out() -> None:
    assert folded([Sentence("greet", "DZIEŃ dobry, Żółwiu")]) == [("greet", "dzien dobry, zolwiu")]


def test_a_sentence_always_gets_the_same_typo_whatever_stands_around_it() -> None:
    first, second = Sentence("greet", "dzień dobry"), Sentence("goodbye", "do widzenia")

    assert with_typo([first, second]) == [*with_typo([first]), *with_typo([second])]
    assert with_typo([first]) != [first]


@given(st.text(alphabet="abcdefghijklmnoprstuwyząćęłńóśźż ,.?", max_size=60))
def test_exactly_one_longer_word_changes_and_by_one_letter(text: str) -> None:
    typo = one_typo(text)
    if not any(len(word) >= 4 for word in "".join(c if c.isalpha() else " " for c in text).split()):
        assert typo == text
        return
    assert typo != text
    assert abs(len(typo) - len(text)) <= 1
    assert typo.count(" ") == text.count(" ")
    start = alike(text, typo)
    assert len(text) - start - alike(text[start:][::-1], typo[start:][::-1]) <= 2


def alike(one: str, other: str) -> int:
    """Return how many letters two texts have in common from their start."""
    same = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(same) if a != b), min(len(one), len(other)))
