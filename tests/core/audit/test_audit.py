"""The audit log: written with the change, masked, and never changed."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.audit.models import AuditRow
from core.audit.reading import AuditLog
from core.audit.repository import Wanted
from core.audit.service import Deed, State, record
from core.database import Database
from core.staff.actor import CONSOLE, Actor
from core.staff.errors import PermissionRefusedError
from core.staff.permissions import PERMISSIONS, Role
from tests.fakes import FrozenClock


async def _written(database: Database, clock: FrozenClock, *deeds: Deed) -> None:
    async with database.write() as session:
        for deed in deeds:
            await record(session, "Anna", deed, clock.now())


async def test_personal_data_in_a_change_is_masked(database: Database, clock: FrozenClock) -> None:
    before: State = {"text": "Tel. 512 345 678"}
    after: State = {"scopes": ["anna@example.org"], "rows": 3, "note": None}
    await _written(database, clock, Deed("text.edited", "texts/greet/text", before, after))
    async with database.read() as session:
        row = (await session.scalars(select(AuditRow))).one()
    assert row.before == {"text": "Tel. [telefon]"}
    assert row.after == {"scopes": ["[e-mail]"], "rows": 3, "note": None}


async def test_a_change_that_fails_leaves_no_line(database: Database, clock: FrozenClock) -> None:
    async def change_and_fail() -> None:
        async with database.write() as session:
            await record(session, "Anna", Deed("text.edited", "texts/greet/text"), clock.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await change_and_fail()
    async with database.read() as session:
        assert (await session.scalars(select(AuditRow))).all() == []


@pytest.mark.parametrize("statement", ["UPDATE audit_log SET actor = 'nikt'", "DELETE FROM audit_log"])
async def test_the_database_refuses_to_change_the_past(database: Database, clock: FrozenClock, statement: str) -> None:
    await _written(database, clock, Deed("text.edited", "texts/greet/text"))

    async def tamper() -> None:
        async with database.write() as session:
            await session.execute(text(statement))

    with pytest.raises(DBAPIError, match="append-only"):
        await tamper()
    async with database.read() as session:
        assert (await session.scalars(select(AuditRow.actor))).all() == ["Anna"]


async def test_deeds_are_found_by_person_action_subject_and_day(database: Database, clock: FrozenClock) -> None:
    log = AuditLog(database, clock)
    await _written(database, clock, Deed("staff.added", "staff/jan"), Deed("text.edited", "texts/greet/100%_text"))

    async def found(actor: str = "", action: str = "", subject: str = "") -> list[str]:
        return [row.action for row in await log.listed(CONSOLE, Wanted(actor, action, subject), 10)]

    assert await found() == ["text.edited", "staff.added"]
    assert await found(action="staff.") == ["staff.added"]
    assert await found(subject="100%_") == ["text.edited"]
    assert await found(subject="1000") == []
    assert await found(actor="Jan") == []
    assert [row.action for row in await log.listed(CONSOLE, Wanted(until=clock.now()), 10)] == []
    assert len(await log.listed(CONSOLE, Wanted(since=clock.now()), 1)) == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ANALYST])
async def test_the_log_is_read_only_by_those_who_may(database: Database, clock: FrozenClock, role: Role) -> None:
    log, actor = AuditLog(database, clock), Actor("ktoś", PERMISSIONS[role])
    for step in (log.listed(actor, Wanted(), 1), log.actors(actor), log.exported(actor, Wanted())):
        with pytest.raises(PermissionRefusedError):
            await step


async def test_taking_the_log_away_is_a_deed(database: Database, clock: FrozenClock) -> None:
    await AuditLog(database, clock).exported(CONSOLE, Wanted())
    assert [row.action for row in await AuditLog(database, clock).listed(CONSOLE, Wanted(), 10)] == ["audit.exported"]
