"""Messages that say what they are by their form alone."""

import pytest
import yaml

from bot.meaning.unusual import is_emergency_number, is_nonsense, question_word_alone, reaction, without_rude_words
from nlu.model import RASA_PROJECT, ROOT

DEVELOPMENT = ROOT / RASA_PROJECT / "tests" / "development.yml"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        *(("👍", "affirm"), ("👍🏽👍🏽", "affirm"), ("👎", "feedback"), ("🙏", "thanks"), ("❤️", "thanks")),
        *((":)", "thanks"), (":-(", "feedback"), ("👋", "greet"), ("❌", "deny")),
    ],
)
def test_a_sign_says_something(text: str, intent: str) -> None:
    assert reaction(text) == intent


@pytest.mark.parametrize("text", ["🚗", "...", "?!", "123", "👍 dziękuję", "1 👍", ""])
def test_other_signs_say_nothing(text: str) -> None:
    assert reaction(text) is None


@pytest.mark.parametrize("text", ["asdfgh", "qwerty uiop", "asdf qwer zxcv", "fhsjkdhf", "aaaaaa", "lkjhgf", "sdgsdg"])
def test_letters_struck_at_random_are_nonsense(text: str) -> None:
    assert is_nonsense(text)


@pytest.mark.parametrize(
    "text", ["źdźbło", "pszczółka", "ZGM", "wertykalny", "asdf gdzie ładowarka", "wf", "rząd", "hej", ""]
)
def test_words_are_no_nonsense(text: str) -> None:
    assert not is_nonsense(text)


def test_no_sentence_of_ours_is_nonsense_unless_it_is_meant_to_be() -> None:
    listed = yaml.safe_load(DEVELOPMENT.read_text(encoding="utf-8"))
    ours = [str(text) for intent, texts in listed.items() if not intent.startswith("out_of_scope") for text in texts]
    assert [text for text in ours if is_nonsense(text)] == []


@pytest.mark.parametrize(
    ("text", "word"), [("gdzie", "gdzie"), ("a ile?", "ile"), ("no kiedy", "kiedy"), ("Jakie?", "jakie")]
)
def test_a_question_word_alone(text: str, word: str) -> None:
    assert question_word_alone(text) == word


@pytest.mark.parametrize("text", ["gdzie ładowarka", "ile za to", "smog", "gdzie i ile", "to"])
def test_more_than_a_question_word(text: str) -> None:
    assert question_word_alone(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("spierdalaj", ""),
        ("jesteś głupi bocie", ""),
        ("co za debil", ""),
        ("kurwa gdzie jest ładowarka", "gdzie jest ładowarka"),
        ("ty idioto, ile wynosi dotacja?", "ty , ile wynosi dotacja"),
        ("jakie powietrze", None),
        ("upał i głupota", None),
        ("zgłupiałem", None),
    ],
)
def test_rude_words_are_taken_out(text: str, rest: str | None) -> None:
    assert without_rude_words(text) == rest


def test_numbers_dialled_in_danger() -> None:
    assert is_emergency_number("112!")
    assert not is_emergency_number("1120")
    assert not is_emergency_number("pokój 112")
