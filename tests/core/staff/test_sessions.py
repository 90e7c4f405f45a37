"""When a session is over."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.staff.account import Stage
from core.staff.actor import CONSOLE
from core.staff.clean_up import purge
from core.staff.errors import PasswordRefusedError, SignInRefusedError
from core.staff.models import SessionRow
from core.staff.permissions import Role
from tests.core.staff.conftest import HERE, OWN_PASSWORD, Office

# What is decided does not depend on the engine; what happens at once is asked of both in test_races.py.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

OTHER_PASSWORD = "kalendarz pod choinka bez swiecy"


async def _token(office: Office) -> str:
    return await office.sign_in.by_password("Anna Nowak", OWN_PASSWORD, HERE)


async def test_a_session_is_over_after_half_an_hour_without_work(office: Office) -> None:
    await office.settle()
    token = await _token(office)
    for _ in range(3):
        office.clock.advance(timedelta(minutes=29))
        assert await office.sessions.find(token)
    office.clock.advance(timedelta(minutes=30))
    assert await office.sessions.find(token) is None


async def test_a_session_is_over_after_twelve_hours_of_work(office: Office) -> None:
    await office.settle()
    token = await _token(office)
    for _ in range(35):
        office.clock.advance(timedelta(minutes=20))
        assert await office.sessions.find(token)
    office.clock.advance(timedelta(minutes=20))
    assert await office.sessions.find(token) is None


async def test_half_a_sign_in_is_over_after_a_quarter_of_an_hour(office: Office) -> None:
    token = await office.sign_in.by_password("Anna Nowak", await office.hire(), HERE)
    office.clock.advance(timedelta(minutes=15))
    assert await office.sessions.find(token) is None


@pytest.mark.parametrize("token", ["", "x", "ą" * 500, "' OR 1=1 --"])
async def test_an_invented_token_opens_nothing(office: Office, token: str) -> None:
    assert await office.sessions.find(token) is None


async def test_another_password_ends_every_other_session(office: Office) -> None:
    own = await office.settle()
    elsewhere = await _token(office)
    token = await office.own_access.change_password(own, OTHER_PASSWORD, OTHER_PASSWORD)
    assert await office.sessions.find(elsewhere) is None
    assert (await office.session(token)).stage is Stage.IN
    assert len(await office.own_access.sessions(await office.session(token))) == 1


@pytest.mark.parametrize("change", ["role", "disable", "reset"])
async def test_another_role_or_lost_access_ends_the_sessions(office: Office, change: str) -> None:
    session = await office.settle()
    token, account = await _token(office), session.account.id
    match change:
        case "role":
            await office.accounts.change_role(CONSOLE, account, Role.ANALYST)
        case "disable":
            await office.accounts.disable(CONSOLE, account)
        case _:
            await office.accounts.reset(CONSOLE, account)
    assert await office.sessions.find(token) is None


async def test_one_session_is_ended_by_its_person_and_not_by_another(office: Office) -> None:
    anna, jan = await office.settle("Anna Nowak"), await office.settle("Jan Kos")
    await office.own_access.end_session(jan, anna.id)
    assert [each.id for each in await office.own_access.sessions(anna)] == [anna.id]
    await office.own_access.end_session(anna, anna.id)
    assert await office.own_access.sessions(anna) == ()


@pytest.mark.parametrize("proof", ["password", "code"])
async def test_a_proof_of_presence_counts_for_five_minutes(office: Office, proof: str) -> None:
    secret, codes = await office.with_second_factor()
    half = await office.enter("Anna Nowak", OWN_PASSWORD)
    token = await office.sign_in.by_code(half, codes[0])
    office.clock.advance(timedelta(minutes=5))
    assert (await office.session(token)).is_fresh(office.clock.now())
    office.clock.advance(timedelta(seconds=1))
    stale = await office.session(token)
    assert not stale.is_fresh(office.clock.now())
    with pytest.raises(SignInRefusedError):
        await office.sign_in.confirm(stale, "zgaduję")
    assert not (await office.session(token)).is_fresh(office.clock.now())
    await office.sign_in.confirm(stale, OWN_PASSWORD if proof == "password" else office.code(secret))
    assert (await office.session(token)).is_fresh(office.clock.now())


@pytest.mark.parametrize(
    ("password", "repeated", "fault"),
    [
        ("krótkie", "krótkie", "too_short"),
        ("", "", "too_short"),
        ("a" * 129, "a" * 129, "too_long"),
        ("aaaaaaaaaaaabb", "aaaaaaaaaaaabb", "too_simple"),
        ("Haslo123456!!", "Haslo123456!!", "too_simple"),
        ("tajne-nowak-2026", "tajne-nowak-2026", "holds_name"),
        (OWN_PASSWORD, OWN_PASSWORD, "same"),
        (OTHER_PASSWORD, OTHER_PASSWORD + "x", "unlike"),
    ],
)
async def test_a_weak_password_is_refused_and_the_present_one_stays(
    office: Office, password: str, repeated: str, fault: str
) -> None:
    own = await office.settle()
    with pytest.raises(PasswordRefusedError) as refused:
        await office.own_access.change_password(own, password, repeated)
    assert refused.value.fault == fault
    assert (await office.enter("Anna Nowak", OWN_PASSWORD)).stage is Stage.IN


async def test_sessions_that_are_over_are_forgotten(office: Office) -> None:
    await office.settle()
    office.clock.advance(timedelta(hours=1))
    await _token(office)
    async with office.database.write() as session:
        await purge(session, office.clock.now())
        assert await session.scalar(select(func.count()).select_from(SessionRow)) == 1
