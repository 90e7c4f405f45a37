"""Words that work without the model."""

import pytest

from bot.flows.commands import cancels, command


@pytest.mark.parametrize(
    "word",
    [
        "anuluj",
        "Przerwij!",
        "wyjdź",
        "dość",
        "koniec",
        "STOP",
        "cancel",
        "Inna sprawa",
        "coś innego",
        "nieważne",
        "/anuluj",
    ],
)
def test_a_word_that_ends_a_flow(word: str) -> None:
    assert cancels(word)


@pytest.mark.parametrize("sentence", ["nie przerywaj", "anuluj wniosek", "stop smog", "dom", "tak", "", "inna sprawa?"])
def test_a_sentence_that_does_not(sentence: str) -> None:
    assert not cancels(sentence)


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("ALARM STOP", "alerts_unsubscribe?end=smog"),
        ("alarm.stop", "alerts_unsubscribe?end=smog"),
        ("Stop – smog!", "alerts_unsubscribe?end=smog"),
        ("INFO STOP.", "alerts_unsubscribe?end=announcements"),
        ("wypisz komunikaty", "alerts_unsubscribe?end=announcements"),
        ("stop wydarzenia", "alerts_unsubscribe?end=events"),
        ("Proszę STOP", "alerts_unsubscribe"),
        ("STOP. Dziękuję!", "alerts_unsubscribe"),
        ("(Rezygnuję)", "alerts_unsubscribe"),
        ("Zatrzymaj!", "alerts_unsubscribe"),
        ("СТОП", "alerts_unsubscribe"),
        ("stop please", "alerts_unsubscribe"),
    ],
)
def test_a_stop_is_understood_however_it_is_written(text: str, payload: str) -> None:
    assert command(text, ()) == payload


@pytest.mark.parametrize(
    "text", ["dziękuję, koniec", "stop?", "stop smogowi", "alarm", "smog", "koniec wydarzenia", "!"]
)
def test_what_only_looks_like_a_stop_is_none(text: str) -> None:
    assert command(text, ()) is None


@pytest.mark.parametrize(
    ("text", "agrees"), [("Tak, proszę.", True), ("TAK!", True), ("tak?", False), ("tak ale", False)]
)
def test_only_a_plain_yes_agrees(text: str, agrees: bool) -> None:
    assert (command(text, ["alerts_subscribe?confirm=yes"]) is not None) is agrees
