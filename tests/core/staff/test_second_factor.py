"""Codes of the app and recovery codes: each lets in once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.staff.account import Session, Stage
from core.staff.actor import CONSOLE
from core.staff.errors import SignInRefusedError, TooManyTriesError
from core.staff.models import AccountRow, RecoveryCodeRow
from core.staff.sessions import Sessions
from core.staff.totp import matching_step, new_secret
from tests.core.staff.conftest import HERE, OWN_PASSWORD, Office

# What is decided does not depend on the engine; what happens at once is asked of both in test_races.py.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SECOND = timedelta(seconds=1)


async def _half_in(office: Office) -> Session:
    half = await office.enter("Anna Nowak", OWN_PASSWORD)
    assert half.stage is Stage.CODE
    return half


async def test_the_password_alone_opens_nothing(office: Office) -> None:
    secret, _ = await office.with_second_factor()
    office.clock.advance(30 * SECOND)
    half = await _half_in(office)
    inside = await office.session(await office.sign_in.by_code(half, office.code(secret)))
    assert inside.stage is Stage.IN
    assert inside.id != half.id


async def test_a_code_lets_in_once(office: Office) -> None:
    secret, _ = await office.with_second_factor()
    office.clock.advance(30 * SECOND)
    await office.sign_in.by_code(await _half_in(office), office.code(secret))
    with pytest.raises(SignInRefusedError):
        await office.sign_in.by_code(await _half_in(office), office.code(secret))


@pytest.mark.parametrize(("seconds", "is_right"), [(0, True), (30, True), (60, False), (-30, True), (-60, False)])
def test_clocks_may_differ_by_one_step(office: Office, seconds: int, is_right: bool) -> None:
    secret, now = new_secret(), office.clock.now()
    code = office.code(secret)
    assert (matching_step(secret, code, now + seconds * SECOND, 0) is not None) is is_right


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "000 00", "-12345", "1e5000"])
async def test_what_is_no_code_is_refused(office: Office, code: str) -> None:
    await office.with_second_factor()
    with pytest.raises(SignInRefusedError):
        await office.sign_in.by_code(await _half_in(office), code)


async def test_a_recovery_code_stands_in_for_the_phone_once(office: Office) -> None:
    _, codes = await office.with_second_factor()
    assert len(set(codes)) == 10
    inside = await office.session(await office.sign_in.by_code(await _half_in(office), f" {codes[3].upper()} "))
    assert inside.stage is Stage.IN
    assert await office.own_access.recovery_codes_left(inside) == 9
    with pytest.raises(SignInRefusedError):
        await office.sign_in.by_code(await _half_in(office), codes[3])


async def test_fresh_recovery_codes_replace_the_earlier_ones(office: Office) -> None:
    _, codes = await office.with_second_factor()
    inside = await office.session(await office.sign_in.by_code(await _half_in(office), codes[0]))
    fresh = await office.own_access.new_recovery_codes(inside)
    with pytest.raises(SignInRefusedError):
        await office.sign_in.by_code(await _half_in(office), codes[1])
    await office.sign_in.by_code(await _half_in(office), fresh[1])


async def test_guessing_codes_is_slowed_down_over_all_sessions(office: Office) -> None:
    secret, _ = await office.with_second_factor()
    for _ in range(5):
        with pytest.raises(SignInRefusedError, match="wrong"):
            await office.sign_in.by_code(await _half_in(office), "000000")
    office.clock.advance(30 * SECOND)
    with pytest.raises(TooManyTriesError):
        await office.sign_in.by_code(await _half_in(office), office.code(secret))


async def test_secret_and_recovery_codes_are_not_in_the_database_in_clear(office: Office) -> None:
    secret, codes = await office.with_second_factor()
    async with office.database.read() as session:
        account = (await session.scalars(select(AccountRow))).one()
        digests = [row.digest for row in await session.scalars(select(RecoveryCodeRow))]
    assert secret.encode() not in (account.totp_sealed or b"")
    assert not any(code.replace("-", "") in digest for code in codes for digest in digests)


async def test_where_it_is_demanded_nobody_gets_in_without(office: Office) -> None:
    office.sign_in._sessions = strict = Sessions(office.database, office.clock, second_factor_needed=True)
    await office.settle()
    token = await office.sign_in.by_password("Anna Nowak", OWN_PASSWORD, HERE)
    found = await strict.find(token)
    assert found
    assert found.stage is Stage.SET_UP


async def test_a_reset_takes_the_second_factor_away(office: Office) -> None:
    await office.with_second_factor()
    (account,) = await office.accounts.listed(CONSOLE)
    password = (await office.accounts.reset(CONSOLE, account.id)).password
    assert (await office.enter("Anna Nowak", password)).stage is Stage.PASSWORD
