"""Signing up on the web: only who reads the SMS can finish it, and nobody can learn who is signed up."""

from datetime import timedelta
from decimal import Decimal

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import func, select, text

from core.crypto import AddressVault
from core.database import Database
from core.ratelimit import RateLimiter
from notifier.pricing import SegmentPrice
from notifier.spending.budget import Budget
from notifier.subscriptions.addresses import AddressRefusedError
from notifier.subscriptions.links import Links
from notifier.subscriptions.models import ContactRow, SignUpRow
from notifier.subscriptions.repository import consents
from notifier.subscriptions.service import Subscriptions
from notifier.subscriptions.sign_up import (
    BudgetSpentError,
    CodeExpiredError,
    CodesRefusedError,
    Purse,
    SignUps,
    Wishes,
    WrongCodeError,
)
from notifier.subscriptions.topics import Origin
from tests.fakes import FrozenClock

PHONE, OTHER = "+48512345678", "+48600700800"
PURSE = Purse(Budget("sms", SegmentPrice(Decimal("0.10")), Decimal(1000)), parts=1)
WISHES = Wishes({"smog": "v1", "announcements": "v2"}, ("piekary",))


class Phones:
    """The phones of the town: what codes each got."""

    def __init__(self) -> None:
        self.codes: dict[str, list[str]] = {}

    async def send(self, number: str, code: str) -> None:
        self.codes.setdefault(number, []).append(code)

    def last(self, number: str = PHONE) -> str:
        return self.codes[number][-1]

    def wrong(self, number: str = PHONE) -> str:
        return f"{(int(self.last(number)) + 1) % 10**6:06}"


@pytest.fixture
def phones() -> Phones:
    return Phones()


@pytest.fixture
def sign_ups(database: Database, vault: AddressVault, redis: Redis, clock: FrozenClock, phones: Phones) -> SignUps:
    return SignUps(database, vault, RateLimiter(redis), clock, phones.send, PURSE)


async def _topics(subscriptions: Subscriptions, database: Database) -> list[tuple[str, tuple[str, ...]]]:
    async with database.read() as session:
        return [(entry.topic, entry.districts) for entry in await subscriptions.running(session, "sms", PHONE)]


async def test_the_code_starts_what_was_asked_for_and_opens_the_own_page(
    sign_ups: SignUps, subscriptions: Subscriptions, database: Database, vault: AddressVault, phones: Phones
) -> None:
    ticket = await sign_ups.ask("512 345 678", WISHES, "192.0.2.1")
    assert await _topics(subscriptions, database) == []
    assert len(phones.last()) == 6
    token = await sign_ups.confirm(ticket, f" {phones.last()} ")
    assert await _topics(subscriptions, database) == [("smog", ()), ("announcements", ("piekary",))]
    async with database.read() as session:
        owner = await Links(vault).owner(session, token)
        assert owner
        log = [(row.topic, row.text_version, row.source) for row in await consents(session, owner.id)]
    assert log == [("smog", "v1", "web"), ("announcements", "v2", "web")]
    with pytest.raises(CodeExpiredError):
        await sign_ups.confirm(ticket, phones.last())


async def test_five_wrong_tries_end_it_even_for_the_right_code(
    sign_ups: SignUps, subscriptions: Subscriptions, database: Database, phones: Phones
) -> None:
    ticket = await sign_ups.ask(PHONE, WISHES, "192.0.2.1")
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCodeError) as wrong:
            await sign_ups.confirm(ticket, phones.wrong())
        assert wrong.value.tries_left == left
    for code in (phones.wrong(), phones.last()):
        with pytest.raises(CodeExpiredError):
            await sign_ups.confirm(ticket, code)
    assert await _topics(subscriptions, database) == []


async def test_the_fifth_try_may_still_be_right(sign_ups: SignUps, phones: Phones) -> None:
    ticket = await sign_ups.ask(PHONE, WISHES, "192.0.2.1")
    for _ in range(4):
        with pytest.raises(WrongCodeError):
            await sign_ups.confirm(ticket, phones.wrong())
    assert await sign_ups.confirm(ticket, phones.last())


async def test_a_code_is_good_for_ten_minutes(sign_ups: SignUps, phones: Phones, clock: FrozenClock) -> None:
    ticket = await sign_ups.ask(PHONE, WISHES, "192.0.2.1")
    clock.advance(timedelta(minutes=10))
    with pytest.raises(CodeExpiredError):
        await sign_ups.confirm(ticket, phones.last())


async def test_what_was_never_confirmed_is_forgotten(sign_ups: SignUps, database: Database, clock: FrozenClock) -> None:
    await sign_ups.ask(PHONE, WISHES, "192.0.2.1")
    clock.advance(timedelta(minutes=11))
    await sign_ups.ask(OTHER, WISHES, "192.0.2.2")
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(SignUpRow)) == 1
        assert await session.scalar(select(func.count()).select_from(ContactRow)) == 0


async def test_a_new_code_replaces_the_one_before(sign_ups: SignUps, phones: Phones) -> None:
    ticket = await sign_ups.ask(PHONE, WISHES, "192.0.2.1")
    first = phones.last()
    await sign_ups.ask_again(ticket, "192.0.2.1")
    if first != phones.last():
        with pytest.raises(WrongCodeError):
            await sign_ups.confirm(ticket, first)
    assert await sign_ups.confirm(ticket, phones.last())


async def test_one_number_gets_three_codes_and_then_none_from_anybody(sign_ups: SignUps, phones: Phones) -> None:
    ticket = await sign_ups.ask(PHONE, WISHES, "192.0.2.1")
    await sign_ups.ask_again(ticket, "192.0.2.1")
    await sign_ups.ask_again(ticket, "192.0.2.1")
    with pytest.raises(CodesRefusedError):
        await sign_ups.ask_again(ticket, "192.0.2.1")
    with pytest.raises(CodesRefusedError) as refused:
        await sign_ups.ask(PHONE, WISHES, "198.51.100.7")
    assert timedelta(0) < refused.value.wait <= timedelta(minutes=20)
    assert len(phones.codes[PHONE]) == 3


async def test_one_caller_cannot_make_the_city_write_to_a_whole_street(sign_ups: SignUps, phones: Phones) -> None:
    numbers = [f"+4860070080{last}" for last in range(7)]
    for number in numbers[:5]:
        await sign_ups.ask(number, WISHES, "192.0.2.1")
    for number in numbers[5:]:
        with pytest.raises(CodesRefusedError):
            await sign_ups.ask(number, WISHES, "192.0.2.1")
    assert len(phones.codes) == 5


async def test_rented_neighbouring_numbers_get_few_codes_whoever_asks(sign_ups: SignUps, phones: Phones) -> None:
    for last in range(20):
        await sign_ups.ask(f"+486007008{last:02}", WISHES, f"192.0.2.{last}")
    with pytest.raises(CodesRefusedError):
        await sign_ups.ask("+48600700899", WISHES, "192.0.2.99")
    await sign_ups.ask(PHONE, WISHES, "192.0.2.99")
    assert len(phones.codes) == 21


async def test_a_known_number_is_answered_like_a_stranger(
    sign_ups: SignUps, subscriptions: Subscriptions, database: Database, phones: Phones
) -> None:
    async with database.write() as session:
        await subscriptions.subscribe(session, "sms", PHONE, "smog", text_version="v1")
    known, stranger = [await sign_ups.ask(number, WISHES, "192.0.2.1") for number in (PHONE, OTHER)]
    assert len(known) == len(stranger)
    assert phones.codes.keys() == {PHONE, OTHER}
    await sign_ups.confirm(known, phones.last())
    assert [topic for topic, _ in await _topics(subscriptions, database)] == ["smog", "announcements"]


async def test_whoever_stopped_comes_back_with_a_code_and_whoever_complained_gets_none(
    sign_ups: SignUps, subscriptions: Subscriptions, database: Database, phones: Phones
) -> None:
    async with database.write() as session:
        await subscriptions.unsubscribe(session, "sms", PHONE)
        await subscriptions.subscribe(session, "sms", OTHER, "smog", text_version="v1")
        contact = await subscriptions.contact(session, "sms", OTHER, lock=True)
        assert contact
        await subscriptions.stop(session, contact, None, Origin("staff"), reason="complaint")
    await sign_ups.confirm(await sign_ups.ask(PHONE, WISHES, "192.0.2.1"), phones.last())
    assert len(await _topics(subscriptions, database)) == 2
    assert await sign_ups.ask(OTHER, WISHES, "192.0.2.1")
    assert OTHER not in phones.codes


async def test_a_number_that_gets_no_sms_is_refused_before_anything_is_stored(
    sign_ups: SignUps, database: Database
) -> None:
    with pytest.raises(AddressRefusedError):
        await sign_ups.ask("76 721 21 00", WISHES, "192.0.2.1")
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(SignUpRow)) == 0


async def test_an_invented_ticket_is_as_good_as_an_old_one(sign_ups: SignUps) -> None:
    for step in (sign_ups.confirm("invented", "123456"), sign_ups.ask_again("invented", "192.0.2.1")):
        with pytest.raises(CodeExpiredError):
            await step


async def test_neither_number_nor_code_nor_ticket_is_stored_in_clear(
    sign_ups: SignUps, database: Database, phones: Phones
) -> None:
    ticket = await sign_ups.ask(PHONE, WISHES, "192.0.2.1")
    async with database.read() as session:
        stored = str((await session.execute(text("SELECT * FROM sign_ups"))).all())
    assert "512345678" not in stored
    assert phones.last() not in stored
    assert ticket not in stored


async def test_without_a_count_no_code_is_sent(
    database: Database, vault: AddressVault, clock: FrozenClock, phones: Phones
) -> None:
    class Away(RateLimiter):
        def __init__(self) -> None:
            pass

        async def reserve(self, *_: object, **__: object) -> object:  # type: ignore[override]
            raise RedisError

    sign_ups = SignUps(database, vault, Away(), clock, phones.send, PURSE)
    with pytest.raises(CodesRefusedError):
        await sign_ups.ask(PHONE, WISHES, "192.0.2.1")
    assert phones.codes == {}


async def test_codes_take_half_of_the_days_budget_and_leave_the_rest_for_alerts(
    database: Database, vault: AddressVault, redis: Redis, clock: FrozenClock, phones: Phones
) -> None:
    budget = Budget("sms", SegmentPrice(Decimal("0.10")), Decimal("0.60"))
    sign_ups = SignUps(database, vault, RateLimiter(redis), clock, phones.send, Purse(budget, parts=1))
    numbers = [f"+4851234567{last}" for last in range(4)]
    for number in numbers[:3]:
        await sign_ups.ask(number, WISHES, number)
    with pytest.raises(BudgetSpentError) as refused:
        await sign_ups.ask(numbers[3], WISHES, "192.0.2.4")
    assert numbers[3] not in phones.codes
    async with database.write() as session:
        assert await budget.spent(session, clock.now()) == 3
        assert await budget.take(session, 3, clock.now())
    clock.advance(refused.value.wait)
    await sign_ups.ask(numbers[3], WISHES, "192.0.2.4")
    assert numbers[3] in phones.codes
