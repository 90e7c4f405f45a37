"""A phone and a Telegram account become one person by a code, and nobody else's can."""

from datetime import timedelta

import pytest
from redis.asyncio import Redis
from sqlalchemy import select, text

from core.crypto import AddressVault
from core.database import Database
from core.ratelimit import RateLimiter
from core.redis import open_redis
from core.settings import Settings
from hub.retention import retention
from notifier.subscriptions.choices import choose_districts, choose_threshold
from notifier.subscriptions.models import LinkCodeRow, LinkedAddressesRow
from notifier.subscriptions.one_person import CHAT, CODE_LASTS, PHONE, OnePerson
from notifier.subscriptions.repository import consents, purge_sign_ups
from notifier.subscriptions.service import Subscriptions, SuppressedError, Topic
from notifier.subscriptions.topics import CHAT as IN_CHAT
from notifier.subscriptions.ways import Way, Ways
from tests.fakes import FrozenClock

NUMBER, OTHER_NUMBER = "+48512345678", "+48600700800"
ACCOUNT, OTHER_ACCOUNT = "5123456789", "5123456780"


@pytest.fixture
def person(vault: AddressVault, redis: Redis, clock: FrozenClock) -> OnePerson:
    return OnePerson(vault, RateLimiter(redis), clock)


async def _code(person: OnePerson, database: Database, chat: str = ACCOUNT) -> str:
    async with database.write() as session:
        return await person.code_for(session, chat)


async def _link(person: OnePerson, database: Database, code: str, number: str = NUMBER) -> bool:
    async with database.write() as session:
        return await person.link(session, number, code)


async def _other(person: OnePerson, database: Database, channel: str, address: str) -> str | None:
    async with database.read() as session:
        linked = await person.other(session, channel, address)
    return linked.address if linked else None


async def test_a_code_links_both_ways_once(person: OnePerson, database: Database) -> None:
    code = await _code(person, database)
    assert await _link(person, database, code)
    assert await _other(person, database, PHONE, NUMBER) == ACCOUNT
    assert await _other(person, database, CHAT, ACCOUNT) == NUMBER
    assert not await _link(person, database, code, OTHER_NUMBER)
    assert await _other(person, database, PHONE, OTHER_NUMBER) is None


async def test_an_old_code_a_replaced_one_and_a_wrong_one_link_nobody(
    person: OnePerson, database: Database, clock: FrozenClock
) -> None:
    replaced = await _code(person, database)
    code = await _code(person, database)
    wrong = next(each for each in ("000000", "000001", "000002") if each not in {code, replaced})
    assert not await _link(person, database, wrong)
    if replaced != code:
        assert not await _link(person, database, replaced)
    clock.advance(CODE_LASTS)
    assert not await _link(person, database, code)
    async with database.write() as session:
        await purge_sign_ups(session, clock.now())
        assert (await session.scalars(select(LinkCodeRow))).all() == []


async def test_a_number_may_try_five_codes_and_others_are_not_held_up(person: OnePerson, clock: FrozenClock) -> None:
    assert [await person.may_try(NUMBER) for _ in range(6)] == [True] * 5 + [False]
    assert await person.may_try(OTHER_NUMBER)


async def test_without_a_count_nothing_may_be_tried(vault: AddressVault, clock: FrozenClock) -> None:
    away = open_redis("redis://127.0.0.1:9")
    assert not await OnePerson(vault, RateLimiter(away), clock).may_try(NUMBER)
    await away.aclose()


async def test_neither_code_nor_address_is_readable_in_the_database(person: OnePerson, database: Database) -> None:
    used, waiting = await _code(person, database), await _code(person, database, OTHER_ACCOUNT)
    assert await _link(person, database, used)
    async with database.read() as session:
        rows = [*await session.execute(text("SELECT * FROM link_codes"))]
        rows += [*await session.execute(text("SELECT * FROM linked_addresses"))]
    stored = repr([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in rows])
    assert rows
    assert not any(secret in stored for secret in (waiting, ACCOUNT, OTHER_ACCOUNT, NUMBER[1:]))


async def test_who_links_anew_leaves_the_pair_before(person: OnePerson, database: Database) -> None:
    assert await _link(person, database, await _code(person, database))
    assert await _link(person, database, await _code(person, database), OTHER_NUMBER)
    assert await _other(person, database, CHAT, ACCOUNT) == OTHER_NUMBER
    assert await _other(person, database, PHONE, NUMBER) is None
    async with database.write() as session:
        await person.part(session, CHAT, ACCOUNT)
    assert await _other(person, database, PHONE, OTHER_NUMBER) is None


async def test_a_pair_that_gets_nothing_any_more_is_forgotten_with_its_contacts(
    person: OnePerson, subscriptions: Subscriptions, database: Database, clock: FrozenClock
) -> None:
    assert await _link(person, database, await _code(person, database))
    await _subscribe(subscriptions, database, PHONE, NUMBER, "smog")
    clock.advance(timedelta(days=400))
    await retention(Settings(), database, clock).forget()
    async with database.write() as session:
        assert await person.other(session, PHONE, NUMBER)
        await subscriptions.unsubscribe(session, PHONE, NUMBER)
    clock.advance(timedelta(days=400))
    await retention(Settings(), database, clock).forget()
    async with database.read() as session:
        assert (await session.scalars(select(LinkedAddressesRow))).all() == []


async def _subscribe(
    subscriptions: Subscriptions, database: Database, channel: str, address: str, *topics: Topic
) -> None:
    async with database.write() as session:
        for topic in topics:
            await subscriptions.subscribe(session, channel, address, topic, text_version=f"{topic}-1", origin=IN_CHAT)


async def _topics(subscriptions: Subscriptions, database: Database, channel: str, address: str) -> set[str]:
    async with database.read() as session:
        return {entry.topic for entry in await subscriptions.running(session, channel, address)}


async def _choose(subscriptions: Subscriptions, database: Database, *channels: str) -> tuple[str, ...]:
    async with database.write() as session:
        return await Ways(subscriptions).choose(session, Way(PHONE, NUMBER), Way(CHAT, ACCOUNT), channels)


async def test_all_that_either_wanted_comes_by_the_chosen_ways_as_the_one_who_writes_has_it_set(
    subscriptions: Subscriptions, database: Database
) -> None:
    await _subscribe(subscriptions, database, PHONE, NUMBER, "smog", "announcements")
    await _subscribe(subscriptions, database, CHAT, ACCOUNT, "events")
    async with database.write() as session:
        phone = await subscriptions.contact(session, PHONE, NUMBER, lock=True)
        assert phone
        choose_threshold(phone, 5)
        await choose_districts(session, phone, ["piekary"])
    every = {"smog", "announcements", "events"}
    assert set(await _choose(subscriptions, database, CHAT)) == every
    assert await _topics(subscriptions, database, PHONE, NUMBER) == set()
    assert await _topics(subscriptions, database, CHAT, ACCOUNT) == every
    async with database.read() as session:
        chat = await subscriptions.contact(session, CHAT, ACCOUNT)
        assert chat
        local = next(e for e in await subscriptions.running_of(session, chat) if e.topic == "announcements")
        log = {(row.topic, row.text_version, row.evidence) for row in await consents(session, chat.id)}
    assert (chat.smog_level, local.districts) == (5, ("piekary",))
    assert ("smog", "smog-1", "linked") in log
    await _choose(subscriptions, database, PHONE, CHAT)
    assert await _topics(subscriptions, database, PHONE, NUMBER) == every
    await _choose(subscriptions, database, PHONE)
    assert await _topics(subscriptions, database, CHAT, ACCOUNT) == set()


async def test_nothing_is_chosen_where_nothing_is_on_and_a_complaint_is_left_alone(
    subscriptions: Subscriptions, database: Database
) -> None:
    assert await _choose(subscriptions, database, PHONE, CHAT) == ()
    await _subscribe(subscriptions, database, PHONE, NUMBER, "smog")
    await _subscribe(subscriptions, database, CHAT, ACCOUNT, "smog")
    async with database.write() as session:
        chat = await subscriptions.contact(session, CHAT, ACCOUNT, lock=True)
        assert chat
        await subscriptions.stop(session, chat, None, IN_CHAT, "complaint")
    with pytest.raises(SuppressedError):
        await _choose(subscriptions, database, CHAT)
    assert await _topics(subscriptions, database, PHONE, NUMBER) == {"smog"}
