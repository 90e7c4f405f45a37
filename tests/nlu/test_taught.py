import pytest
import yaml

from nlu.judging.outcome import Sentence
from nlu.rasa.components.words import words
from nlu.taught import as_training_data, beyond, heard, teachable


@pytest.mark.parametrize(
    ("written", "taught"),
    [
        ("gdzie jest basen na {place}?", "gdzie jest basen na {place}?"),
        ("proszę dzwonić [telefon] w sprawie dymu", "proszę dzwonić w sprawie dymu"),
        ("/start  [smog](pollutant) {x}", "start (pollutant) x"),
        ("[{place}] {place}", "{place}"),
        ("[e-mail]", ""),
    ],
)
def test_a_taught_sentence_holds_no_masked_data_and_no_marks_of_the_trainer(written: str, taught: str) -> None:
    assert teachable(written) == taught


@pytest.mark.parametrize("sentence", ["Gdzie ŁADOWARKA CCS 50 kW na {place}?", "PM2.5 teraz!", "płacę 2,5 zł"])
def test_a_sentence_is_heard_as_the_model_hears_it(sentence: str) -> None:
    assert heard(sentence) == " ".join(match.group() for match in words(sentence))


def test_what_was_taught_is_a_file_of_training_data() -> None:
    taught = [Sentence("greet", "- siema: „hej” #1"), Sentence("thanks", "dzięki"), Sentence("greet", "czołem")]
    (greet, thanks) = yaml.safe_load(as_training_data(taught))["nlu"]

    assert greet == {"intent": "greet", "examples": "- - siema: „hej” #1\n- czołem\n"}
    assert thanks == {"intent": "thanks", "examples": "- dzięki\n"}
    assert yaml.safe_load(as_training_data([]))["nlu"] == []


def test_what_a_later_release_teaches_itself_is_not_taught_twice() -> None:
    taught = (Sentence("greet", "Siema!"), Sentence("greet", "czołem"))
    assert beyond(frozenset({"siema"}), taught) == (Sentence("greet", "czołem"),)
