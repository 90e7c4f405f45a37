"""Whoever stopped, complained or is gone gets nothing, until the owner of the address alone signs up again."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.crypto import AddressVault
from core.database import Database
from core.settings import Settings
from hub.retention import retention
from notifier.audience.filters import Audience
from notifier.audience.query import recipients
from notifier.subscriptions.links import Links
from notifier.subscriptions.models import ContactRow, SuppressionRow
from notifier.subscriptions.repository import consents
from notifier.subscriptions.service import Subscriptions, SuppressedError
from notifier.subscriptions.suppression import end_gone, reason_against
from notifier.subscriptions.topics import Origin
from tests.fakes import FrozenClock

PHONE = "+48512345678"
IMPORT, STAFF, LINK, WEB = Origin("import", "2026-10-01: lista"), Origin("staff"), Origin("link"), Origin("web")
EVERYONE = Audience(frozenset({"smog", "announcements", "events"}))


async def _reason(subscriptions: Subscriptions, database: Database) -> str | None:
    async with database.read() as session:
        return await reason_against(session, "sms", subscriptions.digest("sms", PHONE))


async def _subscribe(subscriptions: Subscriptions, database: Database, origin: Origin) -> bool:
    async with database.write() as session:
        return await subscriptions.subscribe(session, "sms", PHONE, "smog", text_version="v", origin=origin)


@pytest.mark.parametrize("origin", [IMPORT, STAFF])
async def test_nobody_else_signs_up_whoever_stopped(
    subscriptions: Subscriptions, database: Database, origin: Origin
) -> None:
    await _subscribe(subscriptions, database, WEB)
    async with database.write() as session:
        await subscriptions.unsubscribe(session, "sms", PHONE)
    with pytest.raises(SuppressedError):
        await _subscribe(subscriptions, database, origin)
    assert await _reason(subscriptions, database) == "asked"


@pytest.mark.parametrize("origin", [WEB, LINK, Origin("chat")])
async def test_the_owner_may_come_back(subscriptions: Subscriptions, database: Database, origin: Origin) -> None:
    await _subscribe(subscriptions, database, WEB)
    async with database.write() as session:
        await subscriptions.unsubscribe(session, "sms", PHONE)
    assert await _subscribe(subscriptions, database, origin)
    assert await _reason(subscriptions, database) is None


async def test_a_stop_from_a_stranger_keeps_the_number_off_later_lists(
    subscriptions: Subscriptions, database: Database
) -> None:
    async with database.write() as session:
        assert await subscriptions.unsubscribe(session, "sms", "512 345 678") == ()
    with pytest.raises(SuppressedError):
        await _subscribe(subscriptions, database, IMPORT)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ContactRow)) == 0


async def test_a_number_that_staff_stopped_unknown_is_kept_off_lists_with_who_did_it_and_without_the_number(
    subscriptions: Subscriptions, database: Database
) -> None:
    by_phone = Origin("staff", "Anna Nowak: prośba telefoniczna")
    async with database.write() as session:
        assert await subscriptions.unsubscribe(session, "sms", "512 345 678", origin=by_phone) == ()
    with pytest.raises(SuppressedError):
        await _subscribe(subscriptions, database, IMPORT)
    async with database.read() as session:
        contact = await subscriptions.contact(session, "sms", PHONE)
        assert contact
        assert subscriptions.address(contact) == ""
        ((action, source, evidence),) = [
            (row.action, row.source, row.evidence) for row in await consents(session, contact.id)
        ]
    assert (action, source, evidence) == ("withdrawn", "staff", by_phone.evidence)
    await _subscribe(subscriptions, database, WEB)
    async with database.read() as session:
        assert await subscriptions.running(session, "sms", PHONE)


async def test_a_complaint_outlives_the_contact(
    subscriptions: Subscriptions, database: Database, clock: FrozenClock
) -> None:
    await _subscribe(subscriptions, database, WEB)
    async with database.write() as session:
        contact = await subscriptions.contact(session, "sms", PHONE, lock=True)
        assert contact
        assert await subscriptions.stop(session, contact, None, STAFF, reason="complaint") == ("smog",)
        await subscriptions.stop(session, contact, None, Origin("chat"))
    clock.advance(timedelta(days=400))
    await retention(Settings(), database, clock).forget()
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ContactRow)) == 0
    assert await _reason(subscriptions, database) == "complaint"


async def test_whom_the_provider_no_longer_reaches_is_ended_everywhere(
    subscriptions: Subscriptions, database: Database, clock: FrozenClock
) -> None:
    await _subscribe(subscriptions, database, WEB)
    for _ in range(2):
        async with database.write() as session:
            await end_gone(session, [1, 999], clock.now())
    assert await _reason(subscriptions, database) == "gone"
    async with database.read() as session:
        assert await subscriptions.running(session, "sms", PHONE) == ()
        assert (await session.scalars(select(ContactRow.state))).one() == "gone"


async def test_the_log_says_by_which_way_each_consent_came_and_went(
    subscriptions: Subscriptions, database: Database
) -> None:
    await _subscribe(subscriptions, database, IMPORT)
    async with database.write() as session:
        await subscriptions.unsubscribe(session, "sms", PHONE, origin=STAFF)
    async with database.read() as session:
        log = [(row.action, row.source, row.evidence) for row in await consents(session, 1)]
    assert log == [("given", "import", "2026-10-01: lista"), ("withdrawn", "staff", None)]


async def test_a_link_opens_one_page_until_it_is_replaced(
    subscriptions: Subscriptions, database: Database, vault: AddressVault
) -> None:
    await _subscribe(subscriptions, database, WEB)
    links = Links(vault)
    async with database.write() as session:
        contact = await session.get_one(ContactRow, 1)
        first, second = await links.issue(session, contact), await links.issue(session, contact)
    async with database.read() as session:
        owner = await links.owner(session, second)
        assert owner is not None
        assert owner.id == 1
        for token in (first, "", "x" * 65, second[:-1]):
            assert await links.owner(session, token) is None
        stored = (await session.scalars(select(ContactRow.link_digest))).one()
    assert second not in str(stored)


async def test_after_any_history_the_last_word_of_the_owner_counts(
    subscriptions: Subscriptions, database: Database, clock: FrozenClock
) -> None:
    chance = random.Random(7)  # noqa: S311 - a repeatable history, no secret
    stopped = False
    for _ in range(40):
        action = chance.choice(["own", "import", "staff", "stop", "stop smog", "gone"])
        async with database.write() as session:
            match action:
                case "own":
                    await subscriptions.subscribe(session, "sms", PHONE, "smog", text_version="v", origin=LINK)
                    stopped = False
                case "import" | "staff":
                    origin = IMPORT if action == "import" else STAFF
                    try:
                        await subscriptions.subscribe(session, "sms", PHONE, "smog", text_version="v", origin=origin)
                        assert not stopped
                    except SuppressedError:
                        assert stopped
                case "stop":
                    await subscriptions.unsubscribe(session, "sms", PHONE)
                    stopped = True
                case "stop smog":
                    await subscriptions.unsubscribe(session, "sms", PHONE, "smog")
                case _:
                    contact = await subscriptions.contact(session, "sms", PHONE)
                    if contact:
                        await end_gone(session, [contact.id], clock.now())
                        stopped = True
        async with database.read() as session:
            reached = (await session.execute(recipients(EVERYONE, clock.now()))).all()
            suppressed = await session.scalar(select(func.count()).select_from(SuppressionRow))
        assert bool(suppressed) is stopped
        assert not (reached and stopped)
