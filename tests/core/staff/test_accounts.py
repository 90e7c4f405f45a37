"""Who may let people in, and what is left when everybody tries at once."""

import pytest

from core.staff.actor import CONSOLE, Actor
from core.staff.errors import (
    LastAdministratorError,
    NameRefusedError,
    OwnAccountError,
    PermissionRefusedError,
    UnknownAccountError,
)
from core.staff.permissions import PERMISSIONS, Permission, Role
from tests.core.staff.conftest import Office

# What is decided does not depend on the engine; what happens at once is asked of both in test_races.py.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def _actor(role: Role) -> Actor:
    return Actor("ktoś", PERMISSIONS[role])


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
async def test_only_an_administrator_manages_accounts(office: Office, role: Role) -> None:
    await office.hire()
    accounts, actor = office.accounts, _actor(role)
    for step in (
        accounts.listed(actor),
        accounts.add(actor, "Nowa Osoba", Role.EDITOR),
        accounts.reset(actor, 1),
        accounts.change_role(actor, 1, Role.EDITOR),
        accounts.disable(actor, 1),
        accounts.enable(actor, 1),
    ):
        with pytest.raises(PermissionRefusedError):
            await step
    assert len(await accounts.listed(CONSOLE)) == 1


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "shape"),
        ("A", "shape"),
        ("x" * 41, "shape"),
        ("Anna\u202eNowak", "shape"),
        ("Аnna", "shape"),  # the first letter is Cyrillic
        ("=1+1", "shape"),
        ("<b>Anna</b>", "shape"),
        ("API", "reserved"),
        ("System", "reserved"),
        ("mieszkaniec", "reserved"),
        ("anna  NOWAK", "taken"),
    ],
)
async def test_a_name_must_be_plain_and_nobody_elses(office: Office, name: str, fault: str) -> None:
    await office.hire("Anna Nowak")
    with pytest.raises(NameRefusedError) as refused:
        await office.accounts.add(CONSOLE, name, Role.EDITOR)
    assert refused.value.fault == fault


async def test_nobody_changes_their_own_access(office: Office) -> None:
    await office.hire("Ewa Lis", Role.ADMINISTRATOR)
    own = (await office.settle("Jan Kos", Role.ADMINISTRATOR)).account
    with pytest.raises(OwnAccountError):
        await office.accounts.change_role(own.actor, own.id, Role.EDITOR)
    with pytest.raises(OwnAccountError):
        await office.accounts.disable(own.actor, own.id)
    with pytest.raises(OwnAccountError):
        await office.accounts.reset(own.actor, own.id)


async def test_the_last_administrator_stays(office: Office) -> None:
    only = (await office.settle("Jan Kos", Role.ADMINISTRATOR)).account
    with pytest.raises(LastAdministratorError):
        await office.accounts.change_role(CONSOLE, only.id, Role.EDITOR)
    with pytest.raises(LastAdministratorError):
        await office.accounts.disable(CONSOLE, only.id)


async def test_work_is_given_only_to_those_who_are_let_in(office: Office) -> None:
    gone = (await office.settle("Anna Nowak")).account
    await office.hire("Jan Kos")
    await office.hire("Ewa Lis", Role.ANALYST)
    await office.accounts.disable(CONSOLE, gone.id)
    assert await office.accounts.who_may(Permission.ANSWER_HANDOFFS) == ("Jan Kos",)


async def test_an_account_that_does_not_exist_is_told(office: Office) -> None:
    with pytest.raises(UnknownAccountError):
        await office.accounts.disable(CONSOLE, 4711)


async def test_each_change_stands_in_the_audit_log(office: Office) -> None:
    account = (await office.settle()).account
    await office.accounts.change_role(CONSOLE, account.id, Role.ANALYST)
    await office.accounts.disable(CONSOLE, account.id)
    await office.accounts.enable(CONSOLE, account.id)
    own = [action for actor, action, _ in await office.deeds() if actor == "konsola"]
    assert own == ["staff.added", "staff.role_changed", "staff.disabled", "staff.enabled"]
