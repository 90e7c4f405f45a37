"""A district that is named with the wish: remembered for announcements, politely explained for the rest."""

import pytest

from bot.flows.commands import waiting
from bot.flows.subscriptions import SubscriptionAnswers
from content.answer import Answer
from content.pack import load_city
from content.places import load_places
from content.question import Entity, Question, from_payload
from content.texts import Texts
from core.crypto import AddressVault
from core.database import Database
from notifier.subscriptions.repository import consents
from tests.fakes import FrozenClock

PHONE = "sms:+48512345678"
FOLDER = load_city("legnica").folder
TEXTS, PLACES = Texts(FOLDER), load_places(FOLDER)


@pytest.fixture
async def flow(database: Database, clock: FrozenClock) -> SubscriptionAnswers:
    return SubscriptionAnswers(database, AddressVault(["encryption-" * 4], "index-" * 8), TEXTS, clock, {}, PLACES)


async def _press(flow: SubscriptionAnswers, payload: str) -> Answer:
    intent, pairs = from_payload(payload)
    question = Question(intent, tuple(Entity(name, value, value) for name, value in pairs))
    return await flow.answer(question, PHONE)


async def _agree(flow: SubscriptionAnswers, payload: str) -> Answer:
    """Ask to sign up and say yes to what is shown."""
    (agreement,) = waiting(await _press(flow, payload))
    return await _press(flow, agreement)


async def test_announcements_come_only_for_the_named_district(flow: SubscriptionAnswers, database: Database) -> None:
    done = await _agree(flow, "alerts_subscribe?topic=announcements&district=piekary")
    assert done.text.startswith("Zapis przyjęty.")
    assert done.text.endswith("Obszar komunikatów: Piekary.")
    assert "obszar: Piekary" in (await _press(flow, "alerts_manage")).text
    async with database.read() as session:
        (row,) = await consents(session, 1)
    assert (row.topic, row.action, row.source, row.channel, row.text_version) == (
        *("announcements", "given", "chat", "sms"),
        TEXTS["alerts_subscribe"].more["consent_version_announcements"],
    )


async def test_naming_another_district_later_changes_it(flow: SubscriptionAnswers) -> None:
    await _agree(flow, "alerts_subscribe?topic=announcements&district=piekary")
    again = await _press(flow, "alerts_subscribe?topic=announcements&district=zosinek")
    assert again.text.startswith("Komunikaty miasta są już włączone.")
    assert "obszar: Zosinek" in (await _press(flow, "alerts_manage")).text


@pytest.mark.parametrize("place", ["district=winiary", "street=chojnowska"])
async def test_a_place_that_cannot_be_chosen_means_the_whole_city(flow: SubscriptionAnswers, place: str) -> None:
    done = await _agree(flow, f"alerts_subscribe?topic=announcements&{place}")
    assert done.text.endswith("więc komunikaty będą z całego miasta.")
    assert "obszar: cała Legnica" in (await _press(flow, "alerts_manage")).text


async def test_smog_alerts_are_for_the_whole_city_and_say_so(flow: SubscriptionAnswers) -> None:
    assert "całej Legnicy" in (await _press(flow, "alerts_subscribe?district=piekary")).text
    done = await _agree(flow, "alerts_subscribe?district=piekary")
    assert done.text.endswith("dotyczą całego miasta, bez podziału na dzielnice.")
    assert "smog w Legnicy" in (await _press(flow, "alerts_manage")).text


async def test_ending_what_is_not_on_leaves_the_rest_on(flow: SubscriptionAnswers) -> None:
    await _agree(flow, "alerts_subscribe")
    refused = await _press(flow, "alerts_unsubscribe?end=announcements")
    assert refused.text == "Te powiadomienia nie były włączone: komunikaty miasta. Pozostałe działają nadal."
    assert "smog w Legnicy" in (await _press(flow, "alerts_manage")).text
