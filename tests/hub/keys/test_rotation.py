"""Everything sealed is sealed again under a new key and stays readable; a new SECRET_KEY finds everybody again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import pytest
from redis.asyncio import Redis
from sqlalchemy import LargeBinary, select, text

from bot.handoffs.handoff import NewHandoff
from bot.handoffs.service import Handoffs
from core.audit.models import AuditRow
from core.crypto import AddressVault, UnsealError
from core.database import Base, Database
from core.errors import ConfigurationError
from core.processes.heartbeat import Heartbeat
from core.ratelimit import RateLimiter
from core.redis import open_redis
from core.staff.models import AccountRow, SessionRow
from core.staff.second_factor import account_place, session_place
from hub.keys.columns import SEALED
from hub.keys.rotation import require_fitting_keys, rotate_keys, sealed_values
from notifier.pricing import SegmentPrice
from notifier.samples.contacts import contacts_of, keep
from notifier.spending.budget import Budget
from notifier.subscriptions.one_person import OnePerson
from notifier.subscriptions.service import Subscriptions, SuppressedError
from notifier.subscriptions.sign_up import Purse, SignUps, Wishes
from notifier.subscriptions.topics import Origin
from tests.fakes import FrozenClock
from tests.hub.conftest import Hub

OLD, NEW = "old-" * 8, "new-" * 8
SECRET, NEW_SECRET = "secret--" * 4, "changed-" * 4
PHONE, OTHER, STOPPED, CHAT = "+48512345678", "+48600700800", "+48600700801", "5123456789"
PURSE = Purse(Budget("sms", SegmentPrice(Decimal("0.10")), Decimal(1000)), parts=1)
IMPORT = Origin("import", "lista 7")


def vault_of(*keys: str, secret: str = SECRET) -> AddressVault:
    return AddressVault(keys, secret)


@dataclass
class City:
    """A city whose every service has sealed something; the parts of it that were shown to people stand here."""

    database: Database
    redis: Redis
    clock: FrozenClock
    number: str = ""
    ticket: str = ""
    link_code: str = ""
    codes: list[str] = field(default_factory=list)

    async def live(self, vault: AddressVault) -> None:
        """Let residents and staff leave behind what is kept sealed."""
        person, handoffs = self.person(vault), Handoffs(vault, self.clock, "LG")
        self.ticket = await self.sign_ups(vault).ask(OTHER, Wishes({"smog": "1"}), "192.0.2.1")
        async with self.database.write() as session:
            subscriptions = Subscriptions(vault, self.clock)
            await subscriptions.subscribe(session, "sms", PHONE, "smog", text_version="1")
            await subscriptions.subscribe(session, "sms", STOPPED, "smog", text_version="1")
            await subscriptions.unsubscribe(session, "sms", STOPPED)
            await person.link(session, PHONE, await person.code_for(session, CHAT))
            self.link_code = await person.code_for(session, "5550001")
            self.number = await handoffs.create(session, NewHandoff("a", "sms", "air", PHONE, "Dym.", "here", PHONE))
            await handoffs.add(session, self.number, "Znowu dym.")
            now = self.clock.now()
            account = AccountRow(
                login="anna",
                name="Anna",
                role="editor",
                password_hash="x",
                totp_sealed=None,
                totp_step=0,
                created_at=now,
            )
            session.add(account)
            await session.flush()
            account.totp_sealed = vault.seal("TOTP", account_place(account.id))
            own = _session_of(account.id, now)
            session.add(own)
            await session.flush()
            own.totp_sealed = vault.seal("NEXT", session_place(own.id))
            await keep(session, vault, account.id, "sms", PHONE)

    async def read(self, vault: AddressVault) -> list[object]:
        """Return all that is kept sealed, as the services open it."""
        await self.sign_ups(vault).confirm(self.ticket, self.codes[-1])
        async with self.database.write() as session:
            person = self.person(vault)
            linked = await person.link(session, OTHER, self.link_code)
            pair = await person.other(session, "sms", PHONE)
            back = await person.other(session, "telegram", CHAT)
            contact = await Subscriptions(vault, self.clock).contact(session, "sms", PHONE)
            handoff = await Handoffs(vault, self.clock, "LG").find(session, self.number)
            (account,), (own,) = await session.scalars(select(AccountRow)), await session.scalars(select(SessionRow))
            assert pair
            assert back
            assert contact
            assert handoff
            assert account.totp_sealed
            assert own.totp_sealed
            return [
                linked,
                (pair.address, back.address),
                Subscriptions(vault, self.clock).address(contact),
                (handoff.text, handoff.contact, [step.text for step in handoff.steps if step.text]),
                vault.open(account.totp_sealed, account_place(account.id)),
                vault.open(own.totp_sealed, session_place(own.id)),
                await contacts_of(session, vault, account.id),
            ]

    async def imports(self, vault: AddressVault, phone: str) -> None:
        """Sign somebody up from a list, as staff do."""
        async with self.database.write() as session:
            subscriptions = Subscriptions(vault, self.clock)
            await subscriptions.subscribe(session, "sms", phone, "smog", text_version="1", origin=IMPORT)

    def person(self, vault: AddressVault) -> OnePerson:
        return OnePerson(vault, RateLimiter(self.redis), self.clock)

    def sign_ups(self, vault: AddressVault) -> SignUps:
        async def send(_number: str, code: str) -> None:
            self.codes.append(code)

        return SignUps(self.database, vault, RateLimiter(self.redis), self.clock, send, PURSE)


EVERYTHING: list[object] = [
    True,
    (CHAT, PHONE),
    PHONE,
    ("Dym.", PHONE, ["Znowu dym."]),
    "TOTP",
    "NEXT",
    {"sms": PHONE},
]


def _session_of(account_id: int, now: datetime) -> SessionRow:
    return SessionRow(
        account_id=account_id,
        digest="d",
        is_verified=True,
        device="x",
        created_at=now,
        seen_at=now,
        expires_at=now,
        confirmed_at=now,
    )


@pytest.fixture
async def city(database: Database, clock: FrozenClock) -> AsyncIterator[City]:
    redis = open_redis(None)
    yield City(database, redis, clock)
    await redis.aclose()


def test_every_sealed_column_is_known() -> None:
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    binary = {f"{column.table.name}.{column.name}" for column in columns if isinstance(column.type, LargeBinary)}
    assert {each.name for each in SEALED} == binary


async def test_after_a_rotation_the_new_key_alone_opens_everything(city: City) -> None:
    await city.live(vault_of(OLD))
    with pytest.raises(UnsealError):
        await city.read(vault_of(NEW))
    rotated = await rotate_keys(city.database, vault_of(NEW, OLD), city.clock)
    assert (rotated.sealed.total(), rotated.unreadable.total(), rotated.indexed.found) == (12, 0, 0)

    (new_id,) = vault_of(NEW).key_ids
    assert {key for each in await sealed_values(city.database) for key in each.by_key} == {new_id}
    assert await city.read(vault_of(NEW)) == EVERYTHING
    async with city.database.read() as session:
        assert "keys.rotated" in await session.scalars(select(AuditRow.action))


async def test_what_cannot_be_opened_is_counted_and_keeps_nothing_back(city: City) -> None:
    await city.live(vault_of(OLD))
    async with city.database.write() as session:
        await session.execute(text("UPDATE staff_contacts SET channel = 'email'"))  # moved: it opens nowhere
    rotated = await rotate_keys(city.database, vault_of(NEW, OLD), city.clock)
    assert rotated.unreadable == {"staff_contacts.address_sealed": 1}
    assert rotated.sealed.total() == 11
    again = await rotate_keys(city.database, vault_of(NEW, OLD), city.clock)
    assert (again.sealed.total(), again.unreadable.total()) == (0, 1)


async def test_a_new_secret_key_finds_everybody_again_and_keeps_the_stops(city: City) -> None:
    await city.live(vault_of(OLD))
    changed = vault_of(OLD, secret=NEW_SECRET)
    with pytest.raises(ConfigurationError, match="SECRET_KEY is not the one under which addresses are found"):
        await require_fitting_keys(city.database, changed)
    rotated = await rotate_keys(city.database, changed, city.clock)
    assert (rotated.indexed.found, rotated.indexed.doubled, rotated.indexed.lost) == (2, 0, 0)

    await require_fitting_keys(city.database, changed)
    with pytest.raises(SuppressedError):
        await city.imports(changed, STOPPED)
    async with city.database.read() as session:
        assert await city.person(changed).other(session, "sms", PHONE)
        contact = await Subscriptions(changed, city.clock).contact(session, "sms", PHONE)
        assert contact
        assert Subscriptions(changed, city.clock).address(contact) == PHONE


async def test_a_new_secret_key_waits_until_nobody_works_with_the_old_one(city: City) -> None:
    await city.live(vault_of(OLD))
    process = Heartbeat(city.database, city.clock, ["web"])
    await process.beat()
    with pytest.raises(ConfigurationError, match="1 processes are running: stop them"):
        await rotate_keys(city.database, vault_of(OLD, secret=NEW_SECRET), city.clock)
    await require_fitting_keys(city.database, vault_of(OLD))
    await process.end()
    await rotate_keys(city.database, vault_of(OLD, secret=NEW_SECRET), city.clock)
    await require_fitting_keys(city.database, vault_of(OLD, secret=NEW_SECRET))


async def test_whoever_signed_up_twice_and_stops_of_erased_addresses_are_told(city: City) -> None:
    await city.live(vault_of(OLD))
    changed = vault_of(OLD, secret=NEW_SECRET)
    async with city.database.write() as session:
        await Subscriptions(vault_of(OLD), city.clock).erase(session, "sms", STOPPED)
    await city.imports(changed, PHONE)
    await city.imports(vault_of(OLD), "+48600700802")
    rotated = await rotate_keys(city.database, changed, city.clock)
    assert (rotated.indexed.found, rotated.indexed.doubled, rotated.indexed.lost) == (1, 1, 1)


async def test_keys_that_open_nothing_are_told_at_the_start(city: City) -> None:
    await require_fitting_keys(city.database, vault_of(NEW))  # nobody is signed up yet
    await city.live(vault_of(OLD))
    with pytest.raises(ConfigurationError, match="ENCRYPTION_KEYS do not open the addresses"):
        await require_fitting_keys(city.database, vault_of(NEW))


async def test_the_commands_say_which_key_is_still_needed(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    await hub("subscribers", "stop", PHONE, "--channel", "sms", "--by", "Anna", "--reason", "pismo")
    monkeypatch.setenv("ENCRYPTION_KEYS", f"{NEW},demo-only-secret-never-used-in-production")
    assert "key 2 of ENCRYPTION_KEYS" in (await hub("keys", "status")).out
    rotated = await hub("keys", "rotate")
    assert "1 values" in rotated.out
    assert "Nothing in the database needs an older key" in rotated.out
    monkeypatch.setenv("ENCRYPTION_KEYS", NEW)
    status = await hub("keys", "status")
    assert (status.code, "not among ENCRYPTION_KEYS" in status.out) == (0, False)
