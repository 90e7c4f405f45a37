"""Words that work without the model."""

import pytest

from bot.flows.commands import cancels


@pytest.mark.parametrize("word", ["anuluj", "Przerwij!", "wyjdź", "dość", "koniec", "STOP", "cancel"])
def test_a_word_that_ends_a_flow(word: str) -> None:
    assert cancels(word)


@pytest.mark.parametrize("sentence", ["nie przerywaj", "anuluj wniosek", "stop smog", "dom", "tak", ""])
def test_a_sentence_that_does_not(sentence: str) -> None:
    assert not cancels(sentence)
