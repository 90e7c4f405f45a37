"""Words to text back."""

import pytest

from bot.sms.words import choices_of, pressed
from content.answer import SHARE_LOCATION, Button
from content.intents import all_intents
from content.pack import load_city
from content.question import to_payload
from content.texts import Texts, intent_button
from core.sms_text import is_gsm


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("STOP", "alerts_unsubscribe"),
        ("stop.", "alerts_unsubscribe"),
        ("Koniec", "alerts_unsubscribe"),
        ("REZYGNUJĘ!", "alerts_unsubscribe"),
        ("rezygnuje", "alerts_unsubscribe"),
        ("Wypisz", "alerts_unsubscribe"),
        ("Start", "alerts_subscribe"),
        ("dotacja", "subsidy_overview"),
        ("Ładowarka", "charger_find"),
        ("„CENA”", None),
        ("stop smog", "alerts_unsubscribe?end=smog"),
        ("gdzie jest ładowarka", None),
        ("pomoc", "help"),
    ],
)
def test_only_a_whole_message_is_a_word(text: str, payload: str | None) -> None:
    assert pressed(text, {}) == payload


def test_a_word_of_the_answer_before_carries_what_its_button_carries() -> None:
    buttons = (
        Button("Moje Ciepło", to_payload("subsidy_overview", program="moje_cieplo")),
        Button(all_intents()["air_quality_now"].title, to_payload("air_quality_now", district="zosinek")),
    )
    choices = choices_of(buttons)
    assert choices == {
        "MOJE CIEPLO": "subsidy_overview?program=moje_cieplo",
        "POWIETRZE": "air_quality_now?district=zosinek",
    }
    assert pressed("moje ciepło", choices) == "subsidy_overview?program=moje_cieplo"
    assert pressed("Powietrze", choices) == "air_quality_now?district=zosinek"
    assert pressed("stop", {"STOP": "help"}) == "alerts_unsubscribe"


def test_start_signs_up_for_what_the_answer_before_was_about() -> None:
    title = all_intents()["alerts_subscribe"].title
    choices = choices_of([Button(title, to_payload("alerts_subscribe", topic="events"))])
    assert pressed("START!", choices) == "alerts_subscribe?topic=events"
    assert pressed("START", choices_of([intent_button("alerts_subscribe")])) == "alerts_subscribe"


def test_every_button_of_the_city_has_a_word_of_its_own() -> None:
    texts = Texts(load_city("legnica").folder)
    offered = [texts[intent].answer().buttons for topic in texts.topics.values() for intent in topic]
    # START signs up for what the answer was about, so it is the word of each sign-up.
    payloads = {
        "alerts_subscribe" if button.payload.startswith("alerts_subscribe?") else button.payload
        for buttons in offered
        for button in buttons
    } - {SHARE_LOCATION}
    choices = choices_of(intent_button(payload) for payload in sorted(payloads))
    assert set(choices.values()) == payloads
    assert all(word.isalpha() and word.isupper() and is_gsm(word) and len(word) <= 13 for word in choices)
    assert "alerts_subscribe?topic=events" in choices_of(texts["event_list"].answer().buttons).values()


def test_a_letter_whose_capital_is_no_gsm_letter_is_written_without_its_accent() -> None:
    assert list(choices_of([Button("Crème", "x")])) == ["CREME"]
