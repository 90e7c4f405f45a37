"""Whoever asked gets it and nobody else: the conditions in SQL say what the rules say, for every kind of resident."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.database import Database
from notifier.audience.filters import Audience, Exclusion
from notifier.audience.query import considered, recipients, verdict
from notifier.subscriptions.models import ContactRow
from tests.fakes import FrozenClock
from tests.notifier.audience.people import Resident, broadcast, settle

SMOG = Audience(frozenset({"smog"}))
NEWS = Audience(frozenset({"announcements"}))


async def _reached(database: Database, clock: FrozenClock, audience: Audience, *residents: Resident) -> list[bool]:
    async with database.write() as session:
        session.add_all([broadcast(1, clock.now()), broadcast(2, clock.now())])
        await session.flush()
        ids = await settle(session, list(residents), clock.now())
        chosen = set((await session.scalars(recipients(audience, clock.now()))).all())
    return [contact_id in chosen for contact_id in ids]


async def test_only_running_subscriptions_of_the_topic_count(database: Database, clock: FrozenClock) -> None:
    news_only = Resident(topics={"announcements": frozenset()}, left=frozenset({"smog"}))
    assert await _reached(database, clock, SMOG, Resident(), news_only, Resident(topics={})) == [True, False, False]


@pytest.mark.parametrize("state", ["stopped", "gone"])
async def test_whoever_stopped_or_is_gone_gets_nothing(database: Database, clock: FrozenClock, state: str) -> None:
    assert await _reached(database, clock, SMOG, Resident(state=state)) == [False]


async def test_a_message_of_a_district_reaches_it_and_the_whole_city_subscribers(
    database: Database, clock: FrozenClock
) -> None:
    audience = Audience(frozenset({"announcements"}), districts=frozenset({"piekary", "zosinek"}))
    districts = [frozenset[str](), frozenset({"zosinek", "kartuzy"}), frozenset({"kartuzy"})]
    people = [Resident(topics={"announcements": each}) for each in districts]
    assert await _reached(database, clock, audience, *people) == [True, True, False]


async def test_a_message_of_the_whole_city_reaches_every_district(database: Database, clock: FrozenClock) -> None:
    assert await _reached(database, clock, NEWS, Resident(topics={"announcements": frozenset({"kartuzy"})})) == [True]


async def test_an_alert_reaches_those_whose_threshold_it_has_reached(database: Database, clock: FrozenClock) -> None:
    people = [Resident(smog_level=level) for level in (None, 3, 4, 5)]
    assert await _reached(database, clock, Audience(frozenset({"smog"}), level=4), *people) == [True, True, True, False]


async def test_a_pause_holds_everything_back_until_it_is_over(database: Database, clock: FrozenClock) -> None:
    assert await _reached(database, clock, SMOG, Resident(paused_days=1)) == [False]
    async with database.read() as session:
        later = await session.scalars(recipients(SMOG, clock.now() + timedelta(days=1)))
        assert len(later.all()) == 1


async def test_a_correction_goes_to_those_who_got_the_original(database: Database, clock: FrozenClock) -> None:
    states = ["sent", "delivered", "unknown", "pending", "leased", "failed", "gone", "expired"]
    people = [Resident(told={1: state, 2: "failed"}) for state in states]
    reached = await _reached(
        database, clock, Audience(frozenset({"smog"}), follows=frozenset({1, 2})), *people, Resident()
    )
    assert reached == [True] * 5 + [False] * 4


async def test_one_resident_on_two_channels_gets_each_that_was_chosen(database: Database, clock: FrozenClock) -> None:
    people = [Resident(channel="sms"), Resident(channel="telegram")]
    assert await _reached(database, clock, SMOG, *people) == [True, True]
    async with database.read() as session:
        query = recipients(Audience(frozenset({"smog"}), channels=frozenset({"telegram"})), clock.now())
        assert [channel for _, channel in await session.execute(query)] == ["telegram"]


async def test_two_topics_are_one_message(database: Database, clock: FrozenClock) -> None:
    both = Resident(topics={"smog": frozenset(), "announcements": frozenset()})
    async with database.write() as session:
        await settle(session, [both], clock.now())
        query = recipients(Audience(frozenset({"smog", "announcements"})), clock.now())
        assert len((await session.execute(query)).all()) == 1


def _anybody(chance: random.Random) -> Resident:
    districts = ["piekary", "zosinek", "kartuzy"]
    topics = chance.sample(["smog", "announcements", "events"], chance.randint(0, 3))
    states = ["pending", "sent", "delivered", "failed", "expired"]
    return Resident(
        channel=chance.choice(["sms", "telegram"]),
        state=chance.choices(["active", "stopped", "gone"], [8, 1, 1])[0],
        topics={topic: frozenset(chance.sample(districts, chance.randint(0, 2))) for topic in topics},
        smog_level=chance.choice([None, None, 3, 4, 5]),
        paused_days=chance.choice([0, 0, 0, 7]),
        told={number: chance.choice(states) for number in (1, 2) if chance.random() < 0.4},
    )


def _any_audience(chance: random.Random) -> Audience:
    def some(values: list[str]) -> frozenset[str]:
        return frozenset(chance.sample(values, chance.randint(0, len(values) - 1)))

    return Audience(
        topics=some(["smog", "announcements", "events"]) or frozenset({"smog"}),
        channels=some(["sms", "telegram"]),
        districts=some(["piekary", "zosinek", "kartuzy"]),
        level=chance.choice([None, 3, 4, 5]),
        follows=frozenset(chance.sample([1, 2], chance.choice([0, 0, 1, 2]))),
    )


async def test_sql_and_rules_agree_on_everybody(database: Database, clock: FrozenClock) -> None:
    chance = random.Random(2026)  # noqa: S311 - repeatable residents, no secret
    residents = [_anybody(chance) for _ in range(120)]
    async with database.write() as session:
        session.add_all([broadcast(1, clock.now()), broadcast(2, clock.now())])
        await session.flush()
        ids = await settle(session, residents, clock.now())
        for audience in (_any_audience(chance) for _ in range(40)):
            query = select(ContactRow.id, verdict(audience, clock.now())).where(considered(audience))
            said = {row[0]: row[1] for row in await session.execute(query)}
            told = {
                contact_id: resident.reason_against(audience)
                for contact_id, resident in zip(ids, residents, strict=True)
                if not audience.channels or resident.channel in audience.channels
            }
            assert {key: reason and Exclusion(reason) for key, reason in said.items()} == told
            chosen = set((await session.scalars(recipients(audience, clock.now()))).all())
            assert chosen == {contact_id for contact_id, reason in told.items() if reason is None}
