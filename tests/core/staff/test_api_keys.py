"""Keys of programs."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.staff.actor import CONSOLE, Actor
from core.staff.errors import NameRefusedError, PermissionRefusedError, ScopeRefusedError, UnknownKeyError
from core.staff.models import ApiKeyRow
from core.staff.permissions import PERMISSIONS, Permission, Role
from tests.core.staff.conftest import Office

# What is decided does not depend on the engine; what happens at once is asked of both in test_races.py.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

WRITE = Permission.WRITE_ANNOUNCEMENTS


async def test_a_key_opens_what_it_was_given_and_no_more(office: Office) -> None:
    holder = await office.keys.holder(await office.keys.create(CONSOLE, "Strona urzędu", [WRITE]))
    assert holder
    assert holder.name == "API: Strona urzędu"
    assert holder.permissions == {WRITE}
    assert holder.account_id is None


@pytest.mark.parametrize(
    "scopes", [[], [Permission.APPROVE_ANNOUNCEMENTS], [WRITE, Permission.APPROVE_ANNOUNCEMENTS], list(Permission)]
)
async def test_a_key_never_approves_nor_gets_what_is_for_people(office: Office, scopes: list[Permission]) -> None:
    with pytest.raises(ScopeRefusedError):
        await office.keys.create(CONSOLE, "Strona urzędu", scopes)


async def test_a_key_widened_by_hand_in_the_database_still_does_not_approve(office: Office) -> None:
    token = await office.keys.create(CONSOLE, "Strona urzędu", [WRITE])
    async with office.database.write() as session:
        row = (await session.scalars(select(ApiKeyRow))).one()
        row.scopes = [permission.value for permission in Permission] + ["fly"]
    holder = await office.keys.holder(token)
    assert holder
    assert not holder.may(Permission.APPROVE_ANNOUNCEMENTS)
    assert not holder.may(Permission.MANAGE_STAFF)


async def test_the_database_does_not_keep_the_key(office: Office) -> None:
    token = await office.keys.create(CONSOLE, "Strona urzędu", [WRITE])
    async with office.database.read() as session:
        row = (await session.scalars(select(ApiKeyRow))).one()
    assert token not in (row.digest, row.start)
    assert token.startswith(row.start)
    assert len(token) - len(row.start) > 30


async def test_a_revoked_and_an_expired_key_open_nothing(office: Office) -> None:
    revoked = await office.keys.create(CONSOLE, "Jeden", [WRITE])
    short = await office.keys.create(CONSOLE, "Drugi", [WRITE], timedelta(days=90))
    first = (await office.keys.listed(CONSOLE))[-1]
    await office.keys.revoke(CONSOLE, first.id)
    assert await office.keys.holder(revoked) is None
    assert await office.keys.holder(short)
    office.clock.advance(timedelta(days=90))
    assert await office.keys.holder(short) is None
    with pytest.raises(UnknownKeyError):
        await office.keys.revoke(CONSOLE, first.id)


@pytest.mark.parametrize("token", ["", "hub_", "hub_zgaduję", "x" * 5000])
async def test_an_invented_key_opens_nothing(office: Office, token: str) -> None:
    assert await office.keys.holder(token) is None


async def test_it_is_seen_when_a_key_was_last_used(office: Office) -> None:
    token = await office.keys.create(CONSOLE, "Strona urzędu", [WRITE])
    office.clock.advance(timedelta(hours=3))
    await office.keys.holder(token)
    (key,) = await office.keys.listed(CONSOLE)
    assert key.used_at == office.clock.now()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
async def test_only_an_administrator_makes_keys(office: Office, role: Role) -> None:
    actor = Actor("ktoś", PERMISSIONS[role])
    for step in (office.keys.create(actor, "Mój", [WRITE]), office.keys.listed(actor), office.keys.revoke(actor, 1)):
        with pytest.raises(PermissionRefusedError):
            await step


async def test_a_name_of_a_key_is_plain(office: Office) -> None:
    with pytest.raises(NameRefusedError):
        await office.keys.create(CONSOLE, "=cmd|' /C calc'!A0", [WRITE])
