"""Which sentences come together."""

import time

from bot.teaching.similar import Grouping
from nlu.taught import learned_sentences

SENTENCES = tuple(sentence.text for sentence in learned_sentences())
GROUPING = Grouping(SENTENCES)


def _together(*sentences: str) -> list[set[str]]:
    return [{sentences[place] for place in group} for group in GROUPING.grouped(sentences)]


def test_the_same_question_comes_together_whatever_its_endings_letters_and_order() -> None:
    pool = (
        "kiedy otwarty jest basen",
        "basen kiedy jest otwarty?",
        "KIEDY OTWARTY JEST BASEN?",
        "otwarty basen",
    )
    other = ("jak zarejestrować psa", "gdzie zarejestrowac psa")
    assert _together(*pool, *other) == [set(pool), set(other)]


def test_a_typing_error_keeps_a_sentence_with_the_others() -> None:
    assert len(_together("kiedy przyjezdza smieciarka", "kiedy przyjezdza smieicarka")) == 1


def test_words_that_stand_in_every_question_bring_nothing_together() -> None:
    asked = [f"ile kosztuje {what}" for what in ("basen", "kino", "szpital", "lodowisko", "biblioteka", "cmentarz")]
    assert len(_together(*asked)) == len(asked)


def test_each_sentence_is_in_one_group_and_the_same_every_time() -> None:
    first = GROUPING.grouped(SENTENCES[:800])
    assert Grouping(SENTENCES).grouped(SENTENCES[:800]) == first
    assert sorted(place for group in first for place in group) == list(range(800))


def test_five_thousand_sentences_take_seconds() -> None:
    started = time.perf_counter()
    GROUPING.grouped(SENTENCES[:5000])
    assert time.perf_counter() - started < 10


def test_nothing_and_sentences_without_letters_are_no_trouble() -> None:
    assert GROUPING.grouped(()) == ()
    assert len(GROUPING.grouped(("?", "!!", "5"))) in {2, 3}
