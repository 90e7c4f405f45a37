"""A city that has run an earlier version brings its data along."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text

from core.database import Database
from hub.migrations.run import alembic_config, upgrade
from tests.fixtures.servers import fresh_database

_AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
_BEFORE = "2026_11_23_knowledge"
_OLD_DATA = """
INSERT INTO contacts (id, channel, address_sealed, address_digest, state, created_at) VALUES
  (1, 'sms', 'a', 'd1', 'active', :at), (2, 'telegram', 'b', 'd2', 'stopped', :at);
INSERT INTO subscriptions (id, contact_id, topic, district, created_at) VALUES (1, 1, 'announcements', 'piekary', :at);
INSERT INTO consents (id, contact_id, topic, action, at, text_version, channel) VALUES
  (1, 1, 'announcements', 'given', :at, '1', 'sms');
INSERT INTO broadcasts (id, key, kind, topic, title, body, priority, created_at) VALUES
  (1, 'announcement:1', 'announcement', 'announcements', 'Tytuł', 'Treść', 5, :at);
INSERT INTO announcements (id, title, body, state, content_hash, created_at, created_by, approved_at, approved_by,
  broadcast_id) VALUES
  (1, 'Tytuł', 'Treść', 'published', 'x', :at, 'Anna', :at, 'Piotr', 1),
  (2, 'Drugi', 'Treść', 'approved', 'y', :at, 'Anna', :at, 'Piotr', NULL);
INSERT INTO deliveries (id, broadcast_id, contact_id, channel, priority, state, due_at, attempts) VALUES
  (1, 1, 1, 'sms', 5, 'pending', :at, 0);
INSERT INTO alert_episodes (id, station_id, sample, level, started_at, last_level_at, calm_readings, alerted_level,
  alerted_on) VALUES (1, 10058, :no, 4, :at, :at, 1, 4, '2026-11-20');
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
async def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """A database of the version before the notifier was rebuilt, with data of every kind."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'hub.db'}" if is_sqlite else fresh_database(request.getfixturevalue("postgres_url"))
    opened = Database(url)
    async with opened.engine.execution_options(writes=True).connect() as connection:
        await connection.run_sync(lambda sync: command.upgrade(alembic_config(sync), _BEFORE))
        for statement in _OLD_DATA.strip().removesuffix(";").split(";\n"):
            await connection.execute(text(statement).bindparams(**_values(statement, is_sqlite=is_sqlite)))
        await connection.commit()
    yield opened
    await opened.close()


def _values(statement: str, *, is_sqlite: bool) -> dict[str, Any]:
    at = _AT.replace(tzinfo=None) if is_sqlite else _AT
    return {name: value for name, value in {"at": at, "no": False}.items() if f":{name}" in statement}


async def _rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    async with database.read() as session:
        return [tuple(row) for row in await session.execute(text(query))]


async def test_nothing_that_belongs_to_a_contact_or_a_broadcast_is_lost(earlier: Database) -> None:
    await upgrade(earlier)

    assert await _rows(earlier, "SELECT state, round FROM deliveries") == [("pending", 0)]
    assert await _rows(earlier, "SELECT topic, action, source FROM consents") == [("announcements", "given", "chat")]
    assert await _rows(earlier, "SELECT topic FROM subscriptions") == [("announcements",)]
    assert await _rows(earlier, "SELECT subscription_id, district FROM subscription_districts") == [(1, "piekary")]


async def test_whoever_had_stopped_stays_stopped(earlier: Database) -> None:
    await upgrade(earlier)

    assert await _rows(earlier, "SELECT channel, address_digest, reason FROM suppressions") == [
        ("telegram", "d2", "asked")
    ]


async def test_what_was_approved_before_is_read_again_and_what_was_out_stays_out(earlier: Database) -> None:
    await upgrade(earlier)

    assert await _rows(
        earlier, "SELECT id, state, approved_by, published_at IS NULL FROM announcements ORDER BY id"
    ) == [
        (1, "sending", "Piotr", False),
        (2, "in_review", None, True),
    ]
    assert await _rows(earlier, "SELECT announcement_id, actor FROM announcement_moves ORDER BY id") == [
        (1, "Anna"),
        (2, "Anna"),
    ]


async def test_a_running_episode_goes_on(earlier: Database) -> None:
    await upgrade(earlier)

    assert await _rows(earlier, "SELECT zone, kind, level, calm, told_level FROM alert_episodes") == [
        ("10058", "air", 4, 1, 4)
    ]
