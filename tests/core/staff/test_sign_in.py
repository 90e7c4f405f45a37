"""Who is let in, and what guessing meets."""

from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from core.staff.account import Stage
from core.staff.actor import CONSOLE
from core.staff.errors import SignInRefusedError, TooManyTriesError
from core.staff.models import AccountRow, SessionRow
from core.staff.passwords import Passwords
from core.staff.sign_in import Caller
from tests.core.staff.conftest import HERE, OWN_PASSWORD, Office

# What is decided does not depend on the engine; what happens at once is asked of both in test_races.py.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def test_a_one_time_password_leads_to_a_password_of_ones_own(office: Office) -> None:
    first = await office.enter("anna nowak", await office.hire("Anna Nowak"))
    assert first.stage is Stage.PASSWORD
    token = await office.own_access.change_password(first, OWN_PASSWORD, OWN_PASSWORD)
    assert (await office.session(token)).stage is Stage.IN
    assert (await office.enter("Anna  Nowak", OWN_PASSWORD)).account.name == "Anna Nowak"


async def test_a_one_time_password_lets_in_for_48_hours_and_once(office: Office) -> None:
    password = await office.hire()
    office.clock.advance(timedelta(hours=48))
    with pytest.raises(SignInRefusedError):
        await office.enter("Anna Nowak", password)
    (account,) = await office.accounts.listed(CONSOLE)
    renewed = (await office.accounts.reset(CONSOLE, account.id)).password
    first = await office.enter("Anna Nowak", renewed)
    await office.own_access.change_password(first, OWN_PASSWORD, OWN_PASSWORD)
    with pytest.raises(SignInRefusedError):
        await office.enter("Anna Nowak", renewed)


async def test_polish_letters_of_a_name_may_be_left_out(office: Office) -> None:
    password = await office.hire("Żaneta Łoś")
    assert (await office.enter("zaneta los", password)).account.name == "Żaneta Łoś"


@pytest.mark.parametrize("name", ["Anna Nowak", "Nikogo Takiego", "", "\x00", "🙂" * 300])
async def test_wrong_names_and_wrong_passwords_are_refused_alike(office: Office, name: str) -> None:
    await office.hire()
    with pytest.raises(SignInRefusedError, match=r"^The name or the password is wrong\.$"):
        await office.enter(name, "zgaduję")


async def test_a_disabled_account_is_refused_like_a_wrong_password(office: Office) -> None:
    session = await office.settle()
    await office.accounts.disable(CONSOLE, session.account.id)
    with pytest.raises(SignInRefusedError, match=r"^The name or the password is wrong\.$"):
        await office.enter("Anna Nowak", OWN_PASSWORD)


async def test_a_name_that_does_not_exist_costs_the_same_hashing(office: Office) -> None:
    class Counting(PasswordHasher):
        verified = 0

        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - its name there
            Counting.verified += 1
            return super().verify(hash, password)

    office.sign_in._passwords = Passwords(Counting(time_cost=1, memory_cost=8, parallelism=1))
    await office.hire()
    for name in ("Anna Nowak", "Nikogo Takiego"):
        with pytest.raises(SignInRefusedError):
            await office.enter(name, "zgaduję")
    assert Counting.verified == 2


@pytest.mark.parametrize("name", ["Anna Nowak", "Nikogo Takiego"])
async def test_guessing_is_slowed_down_whether_the_name_exists_or_not(office: Office, name: str) -> None:
    await office.hire()
    for _ in range(5):
        with pytest.raises(SignInRefusedError, match="is wrong"):
            await office.enter(name, "zgaduję")
    with pytest.raises(TooManyTriesError) as refused:
        await office.enter(name, "zgaduję")
    assert refused.value.wait == timedelta(minutes=1)
    office.clock.advance(timedelta(minutes=1))
    with pytest.raises(SignInRefusedError, match="is wrong"):
        await office.enter(name, "zgaduję")
    with pytest.raises(TooManyTriesError) as refused:
        await office.enter(name, "zgaduję")
    assert refused.value.wait == timedelta(minutes=2)


async def test_while_guessing_is_slowed_down_the_right_password_is_not_looked_at(office: Office) -> None:
    await office.settle()
    for _ in range(5):
        with pytest.raises(SignInRefusedError):
            await office.enter("Anna Nowak", "zgaduję")
    with pytest.raises(TooManyTriesError):
        await office.enter("Anna Nowak", OWN_PASSWORD)
    office.clock.advance(timedelta(minutes=1))
    assert (await office.enter("Anna Nowak", OWN_PASSWORD)).stage is Stage.IN


async def test_guesses_from_elsewhere_do_not_lock_a_person_out(office: Office) -> None:
    await office.settle()
    for _ in range(6):
        with pytest.raises(SignInRefusedError):
            await office.enter("Anna Nowak", "zgaduję", Caller("203.0.113.9", "curl"))
    assert (await office.enter("Anna Nowak", OWN_PASSWORD)).stage is Stage.IN


async def test_guesses_at_many_names_from_one_address_are_slowed_down(office: Office) -> None:
    for number in range(30):
        with pytest.raises(SignInRefusedError, match="is wrong"):
            await office.enter(f"Osoba {number}", "zgaduję")
    with pytest.raises(TooManyTriesError):
        await office.enter("Jeszcze Inna", "zgaduję")


async def test_an_office_behind_one_address_is_not_slowed_down_by_its_own_sign_ins(office: Office) -> None:
    await office.settle()
    for _ in range(40):
        assert (await office.enter("Anna Nowak", OWN_PASSWORD)).stage is Stage.IN


async def test_one_known_password_buys_no_guesses_at_others(office: Office) -> None:
    await office.settle()
    for number in range(30):
        with pytest.raises(SignInRefusedError, match="is wrong"):
            await office.enter(f"Osoba {number}", "zgaduję")
        if number < 29:
            await office.enter("Anna Nowak", OWN_PASSWORD)
    with pytest.raises(TooManyTriesError):
        await office.enter("Jeszcze Inna", "zgaduję")


async def test_each_sign_in_has_a_token_of_its_own_and_the_database_keeps_none(office: Office) -> None:
    await office.settle()
    tokens = [await office.sign_in.by_password("Anna Nowak", OWN_PASSWORD, HERE) for _ in range(2)]
    assert len(set(tokens)) == 2
    async with office.database.read() as session:
        stored = {row.digest for row in await session.scalars(select(SessionRow))}
    assert not stored & set(tokens)


async def test_a_hash_of_older_parameters_is_renewed_at_the_next_sign_in(office: Office) -> None:
    session = await office.settle()
    office.sign_in._passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    await office.enter("Anna Nowak", OWN_PASSWORD)
    async with office.database.read() as database:
        row = await database.get_one(AccountRow, session.account.id)
    assert "m=16,t=2" in row.password_hash
    assert (await office.enter("Anna Nowak", OWN_PASSWORD)).stage is Stage.IN


async def test_sign_ins_and_wrong_tries_stand_in_the_audit_log_without_what_was_typed(office: Office) -> None:
    await office.settle()
    with pytest.raises(SignInRefusedError):
        await office.enter("Anna Nowak", "zgaduję")
    with pytest.raises(SignInRefusedError):
        await office.enter("hasło w złym polu", "zgaduję")
    assert (await office.deeds())[-2:] == [
        ("Anna Nowak", "staff.signed_in", "staff/anna nowak"),
        ("Anna Nowak", "staff.sign_in_refused", "staff/anna nowak"),
    ]
