"""What is promised to a subscriber: a logged consent, one subscription, a stop that stops, no address in clear."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from core.crypto import AddressVault, UnsealError
from core.database import Database
from core.settings import Settings
from hub.retention import retention
from notifier.subscriptions.models import ConsentRow, ContactRow, SubscriptionRow
from notifier.subscriptions.repository import consents
from notifier.subscriptions.service import Subscriptions, Topic
from tests.fakes import FrozenClock

PHONE = "+48512345678"


async def _subscribe(
    subscriptions: Subscriptions, database: Database, address: str = PHONE, topic: Topic = "smog", version: str = "v1"
) -> bool:
    async with database.write() as session:
        return await subscriptions.subscribe(session, "sms", address, topic, text_version=version)


async def _unsubscribe(subscriptions: Subscriptions, database: Database, topic: Topic | None = None) -> tuple[str, ...]:
    async with database.write() as session:
        return await subscriptions.unsubscribe(session, "sms", PHONE, topic)


async def _topics(subscriptions: Subscriptions, database: Database, channel: str = "sms") -> list[str]:
    async with database.read() as session:
        return [entry.topic for entry in await subscriptions.running(session, channel, PHONE)]


async def _contact(database: Database) -> ContactRow:
    async with database.read() as session:
        return (await session.scalars(select(ContactRow))).one()


async def _log(database: Database) -> list[tuple[str, str, str, str]]:
    contact = await _contact(database)
    async with database.read() as session:
        return [(row.topic, row.action, row.text_version, row.channel) for row in await consents(session, contact.id)]


async def test_a_subscription_runs_for_the_number_however_it_is_written(
    subscriptions: Subscriptions, database: Database
) -> None:
    assert await _subscribe(subscriptions, database, "512 345 678") is True
    assert await _subscribe(subscriptions, database, "0048512345678") is False
    assert await _topics(subscriptions, database) == ["smog"]
    assert await _topics(subscriptions, database, "whatsapp") == []
    assert await _log(database) == [("smog", "given", "v1", "sms")]


async def test_each_topic_has_its_own_consent_and_its_own_end(
    subscriptions: Subscriptions, database: Database, clock: FrozenClock
) -> None:
    await _subscribe(subscriptions, database)
    clock.advance(timedelta(days=1))
    await _subscribe(subscriptions, database, topic="announcements", version="v2")
    assert await _unsubscribe(subscriptions, database, "smog") == ("smog",)
    assert await _topics(subscriptions, database) == ["announcements"]
    assert await _log(database) == [
        ("smog", "given", "v1", "sms"),
        ("announcements", "given", "v2", "sms"),
        ("smog", "withdrawn", "v1", "sms"),
    ]
    assert (await _contact(database)).state == "active"


async def test_a_stop_ends_everything_and_a_new_consent_starts_again(
    subscriptions: Subscriptions, database: Database
) -> None:
    await _subscribe(subscriptions, database)
    await _subscribe(subscriptions, database, topic="announcements")
    assert await _unsubscribe(subscriptions, database) == ("smog", "announcements")
    assert await _topics(subscriptions, database) == []
    assert (await _contact(database)).state == "stopped"
    assert await _unsubscribe(subscriptions, database) == ()
    assert await _subscribe(subscriptions, database, version="v2") is True
    assert await _topics(subscriptions, database) == ["smog"]
    assert (await _contact(database)).state == "active"
    assert (await _log(database))[-1] == ("smog", "given", "v2", "sms")


async def test_a_stop_from_a_stranger_leaves_no_trace(subscriptions: Subscriptions, database: Database) -> None:
    assert await _unsubscribe(subscriptions, database) == ()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ContactRow)) == 0


@pytest.mark.parametrize("state", ["stopped", "gone"])
async def test_whoever_stopped_or_is_gone_gets_nothing_until_a_new_consent(
    subscriptions: Subscriptions, database: Database, state: str
) -> None:
    await _subscribe(subscriptions, database)
    async with database.write() as session:
        (await session.scalars(select(ContactRow))).one().state = state
    assert await _topics(subscriptions, database) == []
    assert await _subscribe(subscriptions, database, version="v2") is True
    assert await _topics(subscriptions, database) == ["smog"]
    assert [entry[2] for entry in await _log(database)] == ["v1", "v2"]


async def test_two_at_once_make_one_contact_and_one_subscription(
    subscriptions: Subscriptions, database: Database
) -> None:
    started = await asyncio.gather(*(_subscribe(subscriptions, database) for _ in range(4)))
    assert sorted(started) == [False, False, False, True]
    assert await _topics(subscriptions, database) == ["smog"]
    assert len(await _log(database)) == 1


async def test_the_database_holds_no_address_in_clear(subscriptions: Subscriptions, database: Database) -> None:
    await _subscribe(subscriptions, database)
    await _unsubscribe(subscriptions, database)
    async with database.write() as session:
        await subscriptions.subscribe(session, "telegram", "5123456789", "smog", text_version="v1")
    stored = b""
    async with database.read() as session:
        for table in (ContactRow, SubscriptionRow, ConsentRow):
            for row in await session.execute(text(f"SELECT * FROM {table.__tablename__}")):  # noqa: S608 - our names
                stored += b"|".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    assert b"sms" in stored
    assert b"512345678" not in stored


async def test_the_address_is_opened_for_sending_only_from_its_own_row(
    subscriptions: Subscriptions, database: Database
) -> None:
    await _subscribe(subscriptions, database, "512345678")
    contact = await _contact(database)
    assert subscriptions.address(contact) == PHONE
    contact.address_digest = "0" * 64
    with pytest.raises(UnsealError):
        subscriptions.address(contact)


async def test_a_subscriber_of_before_a_key_change_is_still_found(
    subscriptions: Subscriptions, database: Database, clock: FrozenClock
) -> None:
    await _subscribe(subscriptions, database)
    rotated = Subscriptions(AddressVault(["new-" * 10, "encryption-" * 4], "index-" * 8), clock)
    assert await _subscribe(rotated, database) is False
    assert rotated.address(await _contact(database)) == PHONE


async def test_forgotten_are_only_those_who_get_nothing_and_left_long_ago(
    subscriptions: Subscriptions, database: Database, clock: FrozenClock
) -> None:
    await _subscribe(subscriptions, database)
    await _subscribe(subscriptions, database, "600700800")
    clock.advance(timedelta(days=100))
    await _unsubscribe(subscriptions, database)
    for days, left in ((365, 2), (1, 1)):
        clock.advance(timedelta(days=days))
        await retention(Settings(), database, clock).forget()
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(ContactRow)) == left
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ConsentRow)) == 1
