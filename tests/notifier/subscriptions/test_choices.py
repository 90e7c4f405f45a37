"""A resident's choices are kept as chosen, and what cannot be kept is refused."""

from datetime import timedelta

import pytest

from core.database import Database
from notifier.subscriptions.choices import (
    ChoiceRefusedError,
    choices_of,
    choose_districts,
    choose_quiet_hours,
    choose_threshold,
    pause,
)
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.quiet import QuietHours
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FrozenClock

PHONE = "+48512345678"


async def _subscribed(subscriptions: Subscriptions, database: Database) -> None:
    async with database.write() as session:
        await subscriptions.subscribe(session, "sms", PHONE, "announcements", text_version="v1")


async def _contact(subscriptions: Subscriptions, database: Database) -> ContactRow:
    async with database.read() as session:
        contact = await subscriptions.contact(session, "sms", PHONE)
    assert contact is not None
    return contact


async def test_everything_chosen_is_found_again(
    subscriptions: Subscriptions, database: Database, clock: FrozenClock
) -> None:
    await _subscribed(subscriptions, database)
    async with database.write() as session:
        contact = await subscriptions.contact(session, "sms", PHONE, lock=True)
        assert contact
        choose_threshold(contact, 5)
        choose_quiet_hours(contact, QuietHours(1320, 360))
        pause(contact, clock.now() + timedelta(days=7), clock.now())
        assert await choose_districts(session, contact, ["zosinek", "piekary", "zosinek"])
    chosen = choices_of(await _contact(subscriptions, database), clock.now())
    assert (chosen.smog_level, chosen.quiet) == (5, QuietHours(1320, 360))
    assert chosen.paused_until == clock.now() + timedelta(days=7)
    async with database.read() as session:
        (running,) = await subscriptions.running(session, "sms", PHONE)
    assert running.districts == ("piekary", "zosinek")


async def test_a_pause_ends_by_itself(subscriptions: Subscriptions, database: Database, clock: FrozenClock) -> None:
    await _subscribed(subscriptions, database)
    contact = await _contact(subscriptions, database)
    pause(contact, clock.now() + timedelta(days=1), clock.now())
    clock.advance(timedelta(days=1))
    assert choices_of(contact, clock.now()).paused_until is None


async def test_choices_that_cannot_be_kept_are_refused(
    subscriptions: Subscriptions, database: Database, clock: FrozenClock
) -> None:
    await _subscribed(subscriptions, database)
    contact = await _contact(subscriptions, database)
    with pytest.raises(ChoiceRefusedError):
        choose_threshold(contact, 6)
    with pytest.raises(ChoiceRefusedError):
        pause(contact, clock.now() + timedelta(days=367), clock.now())
    async with database.read() as session:
        with pytest.raises(ChoiceRefusedError):
            await choose_districts(session, contact, [f"district_{number}" for number in range(31)])


async def test_districts_need_announcements(subscriptions: Subscriptions, database: Database) -> None:
    async with database.write() as session:
        await subscriptions.subscribe(session, "sms", PHONE, "smog", text_version="v1")
        contact = await subscriptions.contact(session, "sms", PHONE)
        assert contact
        assert not await choose_districts(session, contact, ["piekary"])


async def test_a_new_sign_up_is_for_the_whole_city_again(subscriptions: Subscriptions, database: Database) -> None:
    await _subscribed(subscriptions, database)
    async with database.write() as session:
        contact = await subscriptions.contact(session, "sms", PHONE)
        assert contact
        await choose_districts(session, contact, ["piekary"])
        await subscriptions.unsubscribe(session, "sms", PHONE)
    await _subscribed(subscriptions, database)
    async with database.read() as session:
        (running,) = await subscriptions.running(session, "sms", PHONE)
    assert running.districts == ()
