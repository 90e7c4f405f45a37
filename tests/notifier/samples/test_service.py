"""Samples reach the contact of whoever asks, are paid for, and are given back when they did not go."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from core.audit.models import AuditRow
from core.crypto import AddressVault
from core.database import Database
from core.staff.account import Account
from core.staff.accounts import Accounts
from core.staff.actor import CONSOLE, Actor
from core.staff.passwords import Passwords
from core.staff.permissions import PERMISSIONS, Role
from notifier.channels.base import Rejected
from notifier.pricing import SegmentPrice
from notifier.samples.errors import ContactRefusedError, SampleNotSentError
from notifier.samples.models import StaffContactRow
from notifier.samples.service import Sample, Samples
from notifier.spending.budget import Budget
from notifier.staff_notices.ways import ChannelWay
from tests.fakes import FrozenClock
from tests.notifier.deliveries.world import ScriptedChannel

PHONE = "512 345 678"
SAMPLE = Sample(1, "PRÓBA: Zamknięta ulica", "Od wtorku.")


class Trial:
    """Anna with a phone, and a channel that answers as it is told."""

    def __init__(self, database: Database, clock: FrozenClock, account_id: int) -> None:
        self.channel, self.clock, self.database = ScriptedChannel(), clock, database
        self.budget = Budget("sms", SegmentPrice(Decimal("0.20")), Decimal("0.40"))
        ways = {"sms": lambda address: ChannelWay(self.channel, address)}
        self.samples = Samples(database, clock, AddressVault(["k" * 32], "i" * 32), ways, self.budget)
        self.anna = Actor("Anna Żak", PERMISSIONS[Role.EDITOR], account_id)

    async def spent(self) -> int:
        async with self.database.read() as session:
            return await self.budget.spent(session, self.clock.now())


@pytest.fixture
async def trial(database: Database, clock: FrozenClock) -> Trial:
    accounts = Accounts(database, clock, Passwords())
    await accounts.add(CONSOLE, "Anna Żak", Role.EDITOR)
    found = await accounts.find("Anna Żak")
    assert isinstance(found, Account)
    return Trial(database, clock, found.id)


async def test_a_number_given_once_is_kept_sealed_and_used_again(trial: Trial) -> None:
    assert await trial.samples.send(trial.anna, "sms", PHONE, SAMPLE) == "+48 *** *** 678"
    await trial.samples.send(trial.anna, "sms", "", SAMPLE)
    assert trial.channel.called == ["+48512345678"] * 2
    async with trial.database.read() as session:
        (row,) = await session.scalars(select(StaffContactRow))
        told = [str((each.action, each.subject, each.after)) for each in await session.scalars(select(AuditRow))]
    assert b"512345678" not in row.address_sealed
    assert not any("512345678" in each for each in told)


async def test_the_cap_of_the_day_holds_for_samples_too(trial: Trial) -> None:
    for _ in range(2):
        await trial.samples.send(trial.anna, "sms", PHONE, SAMPLE)
    with pytest.raises(SampleNotSentError):
        await trial.samples.send(trial.anna, "sms", PHONE, SAMPLE)
    assert (len(trial.channel.called), await trial.spent()) == (2, 2)


async def test_what_the_provider_refused_is_not_paid_for(trial: Trial) -> None:
    trial.channel.default = Rejected("21614")
    with pytest.raises(SampleNotSentError):
        await trial.samples.send(trial.anna, "sms", PHONE, SAMPLE)
    assert await trial.spent() == 0


async def test_a_program_and_an_unknown_channel_get_none(trial: Trial) -> None:
    for actor, channel in ((Actor("API", PERMISSIONS[Role.EDITOR]), "sms"), (trial.anna, "email")):
        with pytest.raises(ContactRefusedError):
            await trial.samples.send(actor, channel, PHONE, SAMPLE)
    assert trial.channel.called == []
