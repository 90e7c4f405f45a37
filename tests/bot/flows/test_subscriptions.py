"""Signing up, signing off and asking what is on, as a resident reads it on each channel."""

import hashlib
from datetime import timedelta

import pytest

from bot.flows.commands import command, waiting
from bot.flows.settings import setting_entity, setting_payload
from bot.flows.subscriptions import SubscriptionAnswers
from bot.sms.renderer import render
from content.answer import Answer
from content.pack import load_city
from content.places import load_places
from content.question import Entity, Question, from_payload
from content.texts import Texts
from core.crypto import AddressVault
from core.database import Database
from core.sms_text import to_gsm
from notifier.subscriptions.repository import consents
from tests.fakes import FrozenClock

PHONE, ACCOUNT = "sms:+48512345678", "telegram:5123456789"
TEXTS = Texts(load_city("legnica").folder)
PLACES = load_places(load_city("legnica").folder)
# Which words a resident agreed to, by the version that is logged. A new text needs a new version: add a line.
CONSENT_TEXTS = {
    ("", "2026-11-23"): "23fa4ff4c3d0f474",
    ("_announcements", "2026-11-24"): "42ab84805a85ad0b",
    ("_events", "2026-11-24"): "7f20ef526ee61865",
}


@pytest.fixture
async def flow(database: Database, clock: FrozenClock) -> SubscriptionAnswers:
    vault = AddressVault(["encryption-" * 4], "index-" * 8)
    ways = {"telegram": "@PrzykladBot", "sms": "+48 512 000 000"}
    return SubscriptionAnswers(database, vault, TEXTS, clock, ways, PLACES)


async def _press(flow: SubscriptionAnswers, payload: str, sender: str | None) -> Answer:
    intent, pairs = from_payload(payload)
    question = Question(intent, tuple(Entity(name, value, value) for name, value in pairs))
    return await flow.answer(question, sender)


def _payloads(answer: Answer) -> list[str]:
    return [button.payload for button in answer.buttons]


@pytest.mark.parametrize("sender", [PHONE, ACCOUNT])
async def test_signing_up_asks_once_and_then_says_that_it_is_on(flow: SubscriptionAnswers, sender: str) -> None:
    asked = await _press(flow, "alerts_subscribe", sender)
    assert "Zgoda jest dobrowolna" in asked.text
    assert [button.title for button in asked.buttons] == ["Tak", "Nie"]
    assert "Nie ma tu włączonych" in (await _press(flow, "alerts_manage", sender)).text
    done = await _press(flow, asked.buttons[0].payload, sender)
    assert done.text.startswith("Zapis przyjęty.")
    assert "STOP" in done.text
    assert (await _press(flow, "alerts_manage", sender)).text == (
        "Włączone powiadomienia:\n• smog w Legnicy, od 23.11.2026; ostrzeżenie, gdy powietrze jest złe lub bardzo złe\n"
        "Godziny ciszy: brak."
    )


async def test_whoever_is_signed_up_is_not_asked_again(flow: SubscriptionAnswers) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", ACCOUNT)
    for payload in ("alerts_subscribe", "alerts_subscribe?confirm=yes"):
        again = await _press(flow, payload, ACCOUNT)
        assert again.text.startswith("Powiadomienia o smogu są już włączone.")
        assert _payloads(again) == ["alerts_manage", "alerts_unsubscribe"]


async def test_signing_off_takes_one_step_and_leads_back(flow: SubscriptionAnswers) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", PHONE)
    ended = await _press(flow, "alerts_unsubscribe", PHONE)
    assert ended.text == "Gotowe. Zgoda jest wycofana, a te powiadomienia są wyłączone:\n• smog w Legnicy"
    assert "alerts_subscribe" in _payloads(ended)
    assert "nie ma tu włączonych" in (await _press(flow, "alerts_unsubscribe", PHONE)).text.lower()
    asked = await _press(flow, "alerts_subscribe", PHONE)
    assert "Zgoda jest dobrowolna" in asked.text


async def test_one_residents_settings_are_not_anothers(flow: SubscriptionAnswers) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", PHONE)
    assert "Nie ma tu włączonych" in (await _press(flow, "alerts_manage", ACCOUNT)).text
    await _press(flow, "alerts_unsubscribe", ACCOUNT)
    assert "smog w Legnicy" in (await _press(flow, "alerts_manage", PHONE)).text


@pytest.mark.parametrize("payload", ["alerts_subscribe", "alerts_subscribe?confirm=yes"])
async def test_a_number_that_cannot_get_sms_is_refused_at_once(flow: SubscriptionAnswers, payload: str) -> None:
    refused = await _press(flow, payload, "sms:+4915123456789")
    assert refused.text.startswith("To jest numer zagraniczny, a SMS można wysyłać tylko na polski telefon")


async def test_the_consent_is_logged_with_its_text_version(flow: SubscriptionAnswers, database: Database) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", ACCOUNT)
    await _press(flow, "alerts_unsubscribe", ACCOUNT)
    async with database.read() as session:
        log = [(row.action, row.text_version, row.channel) for row in await consents(session, 1)]
    assert log == [("given", "2026-11-23", "telegram"), ("withdrawn", "2026-11-23", "telegram")]


@pytest.mark.parametrize("topic", ["", "_announcements", "_events"])
def test_a_changed_consent_has_a_new_version(topic: str) -> None:
    more = TEXTS["alerts_subscribe"].more
    shown = "\n".join(more[name] for name in (f"consent{topic}", "address_sms", "address_telegram"))
    version = more[f"consent_version{topic}"]
    assert CONSENT_TEXTS[topic, version] == hashlib.sha256(shown.encode()).hexdigest()[:16]


@pytest.mark.parametrize("topic", ["smog", "announcements", "events"])
async def test_an_sms_shows_the_whole_consent_and_its_word(flow: SubscriptionAnswers, topic: str) -> None:
    asked = await _press(flow, f"alerts_subscribe?topic={topic}", PHONE)
    sms = render(asked)
    assert to_gsm(asked.text) in sms.text
    assert command("TAK", waiting(asked)) == sms.choices["TAK"]


@pytest.mark.parametrize("topic", ["announcements", "events"])
async def test_each_topic_has_its_own_consent(flow: SubscriptionAnswers, database: Database, topic: str) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", ACCOUNT)
    asked = await _press(flow, f"alerts_subscribe?topic={topic}", ACCOUNT)
    assert "Zgoda jest dobrowolna" in asked.text
    assert (await _press(flow, asked.buttons[0].payload, ACCOUNT)).text.startswith("Zapis przyjęty.")
    again = await _press(flow, f"alerts_subscribe?topic={topic}", ACCOUNT)
    assert "już włączone" in again.text
    async with database.read() as session:
        assert [(row.topic, row.text_version) for row in await consents(session, 1)] == [
            ("smog", "2026-11-23"),
            (topic, "2026-11-24"),
        ]


async def test_one_topic_can_end_while_another_goes_on(flow: SubscriptionAnswers) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", ACCOUNT)
    await _press(flow, "alerts_subscribe?topic=announcements&confirm=yes", ACCOUNT)
    ended = await _press(flow, "alerts_unsubscribe?end=announcements", ACCOUNT)
    assert ended.text.endswith("wyłączone:\n• komunikaty miasta")
    left = (await _press(flow, "alerts_manage", ACCOUNT)).text
    assert "smog" in left
    assert "komunikaty" not in left


async def test_a_page_opened_by_its_owner_has_the_same_settings(flow: SubscriptionAnswers) -> None:
    question = Question("alerts_subscribe", (Entity("confirm", "yes", "yes"),))
    assert (await flow.answer(question, PHONE)).text.startswith("Zapis przyjęty.")
    assert "smog w Legnicy" in (await _press(flow, "alerts_manage", PHONE)).text


async def test_settings_are_shown_changed_and_shown_again(flow: SubscriptionAnswers) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", PHONE)
    await _press(flow, "alerts_subscribe?topic=announcements&confirm=yes", PHONE)
    for sentence in ("od 22 do 6 nie pisz", "dopiero przy bardzo złym", "tylko Piekary i Zosinek"):
        payload = setting_payload(sentence, PLACES, in_settings=True)
        assert payload
        assert (await _press(flow, payload, PHONE)).text.startswith("Zmieniono.")
    assert (await _press(flow, "alerts_manage", PHONE)).text == (
        "Włączone powiadomienia:\n"
        "• smog w Legnicy, od 23.11.2026; ostrzeżenie, gdy powietrze jest bardzo złe\n"
        "• komunikaty miasta, od 23.11.2026; obszar: Piekary, Zosinek\n"
        "Godziny ciszy: 22:00–6:00. Pilne ostrzeżenia przychodzą także wtedy."
    )


async def test_a_pause_is_shown_until_it_ends(flow: SubscriptionAnswers, clock: FrozenClock) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", PHONE)
    paused = await _press(flow, "alerts_manage?pause=7", PHONE)
    assert "Wszystko jest wstrzymane do 30.11.2026, 19:30." in paused.text
    assert "alerts_manage?pause=0" in _payloads(paused)
    assert "wstrzymane" not in (await _press(flow, "alerts_manage?pause=0", PHONE)).text
    await _press(flow, "alerts_manage?pause=1", PHONE)
    clock.advance(timedelta(days=1))
    assert "wstrzymane" not in (await _press(flow, "alerts_manage", PHONE)).text


@pytest.mark.parametrize("asked", ["level", "quiet", "districts", "topics", "pause"])
async def test_every_setting_can_be_chosen_by_buttons_and_led_back_from(flow: SubscriptionAnswers, asked: str) -> None:
    await _press(flow, "alerts_subscribe?topic=announcements&confirm=yes", PHONE)
    menu = await _press(flow, f"alerts_manage?ask={asked}", PHONE)
    *choices, back = menu.buttons
    assert back.payload == "alerts_manage"
    assert choices
    for button in choices:
        intent, pairs = from_payload(button.payload)
        assert intent in SubscriptionAnswers.INTENTS
        assert all(setting_entity(name, value) for name, value in pairs)
        assert (await _press(flow, button.payload, PHONE)).text


async def test_a_district_is_added_to_those_before(flow: SubscriptionAnswers) -> None:
    await _press(flow, "alerts_subscribe?topic=announcements&confirm=yes", PHONE)
    await _press(flow, "alerts_manage?only=piekary", PHONE)
    listed = await _press(flow, "alerts_manage?ask=more", PHONE)
    zosinek = next(button for button in listed.buttons if button.title == "Zosinek")
    assert "Piekary, Zosinek" in (await _press(flow, zosinek.payload, PHONE)).text
    assert "cała Legnica" in (await _press(flow, "alerts_manage?only=all", PHONE)).text


async def test_a_district_that_was_only_named_is_offered_first(flow: SubscriptionAnswers) -> None:
    await _press(flow, "alerts_subscribe?topic=announcements&confirm=yes", PHONE)
    offered = await _press(flow, "alerts_manage?district=zosinek", PHONE)
    assert offered.buttons[0].title == "Zosinek"
    assert "cała Legnica" in (await _press(flow, "alerts_manage", PHONE)).text


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("alerts_manage?only=winiary", "Tej dzielnicy nie ma na liście."),
        ("alerts_manage?quiet=1320-1320", "Tego ustawienia nie da się zmienić"),
        ("alerts_manage?quiet=9999-1", "Tego ustawienia nie da się zmienić"),
        ("alerts_manage?pause=999", "Tego ustawienia nie da się zmienić"),
    ],
)
async def test_what_cannot_be_set_is_said_and_nothing_set(flow: SubscriptionAnswers, payload: str, said: str) -> None:
    await _press(flow, "alerts_subscribe?topic=announcements&confirm=yes", PHONE)
    before = (await _press(flow, "alerts_manage", PHONE)).text
    refused = await _press(flow, payload, PHONE)
    assert refused.text.startswith(said)
    assert "alerts_manage?ask=quiet" in _payloads(refused)
    assert (await _press(flow, "alerts_manage", PHONE)).text == before


async def test_districts_without_announcements_are_explained(flow: SubscriptionAnswers) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", PHONE)
    for payload in ("alerts_manage?only=piekary", "alerts_manage?ask=districts"):
        assert "dla komunikatów miasta" in (await _press(flow, payload, PHONE)).text


@pytest.mark.parametrize("payload", ["alerts_manage?quiet=1320-360", "alerts_manage?ask=level"])
async def test_a_stranger_has_nothing_to_set(flow: SubscriptionAnswers, payload: str) -> None:
    assert "Nie ma tu włączonych" in (await _press(flow, payload, PHONE)).text


@pytest.mark.parametrize("payload", ["alerts_subscribe", "alerts_subscribe?confirm=yes"])
async def test_a_page_says_where_to_sign_up(flow: SubscriptionAnswers, payload: str) -> None:
    answer = await _press(flow, payload, None)
    assert answer.text.startswith("W tej rozmowie nie można się zapisać")
    assert "@PrzykladBot" in answer.text
    assert "+48 512 000 000 słowo START" in answer.text


async def test_a_page_promises_no_channel_that_is_not_there(database: Database, clock: FrozenClock) -> None:
    flow = SubscriptionAnswers(database, AddressVault(["encryption-" * 4], "index-" * 8), TEXTS, clock, {}, PLACES)
    answer = await _press(flow, "alerts_subscribe", None)
    assert "Innego sposobu zapisu jeszcze nie ma." in answer.text
    assert "Telegram" not in answer.text


@pytest.mark.parametrize("intent", ["alerts_unsubscribe", "alerts_manage"])
async def test_a_page_has_no_settings(flow: SubscriptionAnswers, intent: str) -> None:
    assert "w tej rozmowie, bo nie wiadomo, kto pisze" in (await _press(flow, intent, None)).text


@pytest.mark.parametrize("word", ["STOP", "stop.", " Stop! ", "REZYGNUJĘ", "rezygnuje", "wypisz mnie", "UNSUBSCRIBE"])
def test_a_stop_word_needs_no_model(word: str) -> None:
    assert command(word, ()) == "alerts_unsubscribe"


@pytest.mark.parametrize("sentence", ["przystanek stop", "stop smogowi", "nie rezygnuję", "startup", "no stop", ""])
def test_a_sentence_is_no_command(sentence: str) -> None:
    assert command(sentence, ()) is None


async def test_tak_agrees_only_to_what_was_just_shown(flow: SubscriptionAnswers) -> None:
    asked = await _press(flow, "alerts_subscribe", ACCOUNT)
    assert waiting(asked) == ("alerts_subscribe?confirm=yes",)
    assert command("Tak!", waiting(asked)) == "alerts_subscribe?confirm=yes"
    assert command("tak", ()) is None
    # „Czy chodziło o zapis?” is no consent.
    assert command("tak", ("alerts_subscribe",)) is None
    done = await _press(flow, waiting(asked)[0], ACCOUNT)
    assert waiting(done) == ()
