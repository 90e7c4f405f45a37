"""Which language a message is written in: never wrong about Polish, right about plain foreign sentences."""

import pytest
import yaml

from bot.meaning.languages import Language, foreign
from bot.sms.renderer import render
from bot.wording import Wordings
from content.intents import all_intents
from content.pack import load_city
from content.texts import Texts
from core.text import fold
from nlu.model import DATA, RASA_PROJECT, ROOT

DEVELOPMENT = ROOT / RASA_PROJECT / "tests" / "development.yml"


@pytest.mark.parametrize(
    ("text", "language", "intents"),
    [
        ("де зарядити машину", Language.UKRAINIAN, ("charger_find",)),
        ("Доброго дня, чи є дотація на опалення?", Language.UKRAINIAN, ("subsidy_overview",)),
        ("яке повітря на Piekary", Language.UKRAINIAN, ("air_quality_now",)),
        ("где зарядить машину", Language.RUSSIAN, ("charger_find",)),
        ("какой сегодня воздух", Language.RUSSIAN, ("air_quality_now",)),
        ("where can I charge my car", Language.ENGLISH, ("charger_find",)),
        ("what is the air quality today?", Language.ENGLISH, ("air_quality_now",)),
        ("is there a grant for my old stove", Language.ENGLISH, ("subsidy_overview",)),
        ("thank you very much", Language.ENGLISH, ()),
        ("wo kann ich mein Auto laden", Language.GERMAN, ("charger_find",)),
        ("Guten Tag, wann hat das Rathaus geöffnet?", Language.GERMAN, ("office_contact",)),
        ("请问充电桩在哪里", Language.ENGLISH, ()),
    ],
)
def test_hears_the_language_and_its_obvious_topic(text: str, language: Language, intents: tuple[str, ...]) -> None:
    found = foreign(text)
    assert found is not None
    assert found.language is language
    assert found.intents == intents


@pytest.mark.parametrize(
    "text",
    [
        *(
            "smog",
            "status",
            "help",
            "stop",
            "start",
            "hello",
            "ok",
            "sorry",
            "news",
            "online",
            "CCS",
            "type 2",
            "PM2.5",
        ),
        *(
            "greenway cennik",
            "car sharing",
            "wallbox dotacja",
            "a na Zosinku?",
            "za ile",
            "my tez",
            "no to jak",
        ),
        *("smog alert", "stop smog", "home office a smog", "sie masz", "ide na spacer", "", "123", "👍"),
    ],
)
def test_polish_with_loanwords_stays_polish(text: str) -> None:
    assert foreign(text) is None


def test_no_polish_sentence_of_ours_is_taken_for_another_language() -> None:
    listed = yaml.safe_load(DEVELOPMENT.read_text(encoding="utf-8"))
    sentences = [str(sentence) for sentences in listed.values() for sentence in sentences]
    for path in (ROOT / DATA).glob("*.yml"):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            sentences += [line.removeprefix("- ") for line in entry["examples"].splitlines()]
    wrong = [text for text in sentences for form in (text, fold(text)) if foreign(form)]
    # Some of the examples are English indeed.
    assert len(wrong) <= len(sentences) // 200, wrong
    assert len(sentences) > 2000


def test_everything_that_can_be_offered_has_a_title_in_each_language() -> None:
    said = Texts(load_city("legnica").folder)["out_of_scope"].more
    named = {intent for language in Language for intent in _topics(language)}
    assert named <= set(all_intents())
    for language in Language:
        assert {f"{language}_{key}" for key in ("help", "offer", "danger", *named, "air_quality_now")} <= set(said)


def test_an_sms_keeps_what_its_alphabet_can_write() -> None:
    other = foreign("Доброго дня")
    assert other is not None
    sms = render(Wordings(Texts(load_city("legnica").folder)).abroad(other, ()))
    assert sms.text.startswith("Odpowiadam po polsku.")
    assert "112" in sms.text
    assert sms.choices["LADOWARKA"] == "charger_find"


def _topics(language: Language) -> set[str]:
    words = yaml.safe_load((ROOT / "bot" / "meaning" / "languages.yml").read_text(encoding="utf-8"))
    return set(words[language.value]["topics"])
