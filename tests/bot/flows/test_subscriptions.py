"""Signing up, signing off and asking what is on, as a resident reads it on each channel."""

import hashlib

import pytest

from bot.flows.commands import command, waiting
from bot.flows.subscriptions import SubscriptionFlow
from bot.sms.renderer import render
from content.answer import Answer
from content.pack import load_city
from content.question import Entity, Question, from_payload
from content.texts import Texts
from core.crypto import AddressVault
from core.database import Database
from core.sms_text import to_gsm
from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionRow
from notifier.subscriptions.repository import consents
from tests.fakes import FrozenClock

PHONE, ACCOUNT = "sms:+48512345678", "telegram:5123456789"
TEXTS = Texts(load_city("legnica").folder)
# Which words a resident agreed to, by the version that is logged. A new text needs a new version: add a line.
CONSENT_TEXTS = {"2026-11-23": "23fa4ff4c3d0f474"}


@pytest.fixture
async def flow(database: Database, clock: FrozenClock) -> SubscriptionFlow:
    async with database.engine.begin() as connection:
        for row in (ContactRow, SubscriptionRow, ConsentRow):
            await connection.run_sync(row.metadata.create_all, tables=[row.metadata.tables[row.__tablename__]])
    vault = AddressVault(["encryption-" * 4], "index-" * 8)
    return SubscriptionFlow(database, vault, TEXTS, clock, {"telegram": "@PrzykladBot", "sms": "+48 512 000 000"})


async def _press(flow: SubscriptionFlow, payload: str, sender: str | None) -> Answer:
    intent, pairs = from_payload(payload)
    question = Question(intent, tuple(Entity(name, value, value) for name, value in pairs))
    return await flow.answer(intent, question, sender, sender.partition(":")[0] if sender else "web")


def _payloads(answer: Answer) -> list[str]:
    return [button.payload for button in answer.buttons]


@pytest.mark.parametrize("sender", [PHONE, ACCOUNT])
async def test_signing_up_asks_once_and_then_says_that_it_is_on(flow: SubscriptionFlow, sender: str) -> None:
    asked = await _press(flow, "alerts_subscribe", sender)
    assert "Zgoda jest dobrowolna" in asked.text
    assert [button.title for button in asked.buttons] == ["Tak", "Nie"]
    assert "Nie ma tu włączonych" in (await _press(flow, "alerts_manage", sender)).text
    done = await _press(flow, asked.buttons[0].payload, sender)
    assert done.text.startswith("Zapis przyjęty.")
    assert "STOP" in done.text
    assert (await _press(flow, "alerts_manage", sender)).text == (
        "Włączone powiadomienia:\n• smog w Legnicy, od 23.11.2026"
    )


async def test_whoever_is_signed_up_is_not_asked_again(flow: SubscriptionFlow) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", ACCOUNT)
    for payload in ("alerts_subscribe", "alerts_subscribe?confirm=yes"):
        again = await _press(flow, payload, ACCOUNT)
        assert again.text.startswith("Powiadomienia o smogu są już włączone.")
        assert _payloads(again) == ["alerts_manage", "alerts_unsubscribe"]


async def test_signing_off_takes_one_step_and_leads_back(flow: SubscriptionFlow) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", PHONE)
    ended = await _press(flow, "alerts_unsubscribe", PHONE)
    assert ended.text == "Gotowe. Zgoda jest wycofana, a te powiadomienia są wyłączone:\n• smog w Legnicy"
    assert "alerts_subscribe" in _payloads(ended)
    assert "nie ma tu włączonych" in (await _press(flow, "alerts_unsubscribe", PHONE)).text.lower()
    asked = await _press(flow, "alerts_subscribe", PHONE)
    assert "Zgoda jest dobrowolna" in asked.text


async def test_one_residents_settings_are_not_anothers(flow: SubscriptionFlow) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", PHONE)
    assert "Nie ma tu włączonych" in (await _press(flow, "alerts_manage", ACCOUNT)).text
    await _press(flow, "alerts_unsubscribe", ACCOUNT)
    assert "smog w Legnicy" in (await _press(flow, "alerts_manage", PHONE)).text


@pytest.mark.parametrize("payload", ["alerts_subscribe", "alerts_subscribe?confirm=yes"])
async def test_a_number_that_cannot_get_sms_is_refused_at_once(flow: SubscriptionFlow, payload: str) -> None:
    refused = await _press(flow, payload, "sms:+4915123456789")
    assert refused.text.startswith("To nie jest numer polskiego telefonu komórkowego")


async def test_the_consent_is_logged_with_the_version_of_its_text(flow: SubscriptionFlow, database: Database) -> None:
    await _press(flow, "alerts_subscribe?confirm=yes", ACCOUNT)
    await _press(flow, "alerts_unsubscribe", ACCOUNT)
    async with database.read() as session:
        log = [(row.action, row.text_version, row.channel) for row in await consents(session, 1)]
    assert log == [("given", "2026-11-23", "telegram"), ("withdrawn", "2026-11-23", "telegram")]


def test_a_changed_consent_has_a_new_version() -> None:
    more = TEXTS["alerts_subscribe"].more
    shown = "\n".join(more[name] for name in ("consent", "address_sms", "address_telegram"))
    assert CONSENT_TEXTS[more["consent_version"]] == hashlib.sha256(shown.encode()).hexdigest()[:16]


async def test_an_sms_shows_the_whole_consent_and_its_word(flow: SubscriptionFlow) -> None:
    asked = await _press(flow, "alerts_subscribe", PHONE)
    sms = render(asked)
    assert to_gsm(asked.text) in sms.text
    assert sms.choices["TAK"] == "alerts_subscribe?confirm=yes"


@pytest.mark.parametrize("payload", ["alerts_subscribe", "alerts_subscribe?confirm=yes"])
async def test_a_page_says_where_to_sign_up(flow: SubscriptionFlow, payload: str) -> None:
    answer = await _press(flow, payload, None)
    assert answer.text.startswith("Na tej stronie nie można się zapisać")
    assert "@PrzykladBot" in answer.text
    assert "+48 512 000 000 słowo START" in answer.text


async def test_a_page_promises_no_channel_that_is_not_there(database: Database, clock: FrozenClock) -> None:
    flow = SubscriptionFlow(database, AddressVault(["encryption-" * 4], "index-" * 8), TEXTS, clock, {})
    answer = await _press(flow, "alerts_subscribe", None)
    assert "Miasto nie uruchomiło jeszcze innej drogi zapisu." in answer.text
    assert "Telegram" not in answer.text


@pytest.mark.parametrize("intent", ["alerts_unsubscribe", "alerts_manage"])
async def test_a_page_has_no_settings(flow: SubscriptionFlow, intent: str) -> None:
    assert (await _press(flow, intent, None)).text.startswith("Na tej stronie nie ma zapisów")


@pytest.mark.parametrize("word", ["STOP", "stop.", " Stop! ", "REZYGNUJĘ", "rezygnuje", "wypisz mnie", "UNSUBSCRIBE"])
def test_a_stop_word_needs_no_model(word: str) -> None:
    assert command(word, ()) == "alerts_unsubscribe"


@pytest.mark.parametrize("sentence", ["przystanek stop", "stop smogowi", "nie rezygnuję", "startup", "no stop", ""])
def test_a_sentence_is_no_command(sentence: str) -> None:
    assert command(sentence, ()) is None


async def test_tak_agrees_only_to_what_was_just_shown(flow: SubscriptionFlow) -> None:
    asked = await _press(flow, "alerts_subscribe", ACCOUNT)
    assert waiting(asked) == ("alerts_subscribe?confirm=yes",)
    assert command("Tak!", waiting(asked)) == "alerts_subscribe?confirm=yes"
    assert command("tak", ()) is None
    # „Czy chodziło o zapis?” is no consent.
    assert command("tak", ("alerts_subscribe",)) is None
    done = await _press(flow, waiting(asked)[0], ACCOUNT)
    assert waiting(done) == ()
