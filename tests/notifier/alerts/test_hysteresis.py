"""Whatever the air does: nobody hears one thing twice a day, and no episode lasts for ever."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from content.topics.air.snapshot import Snapshot
from core.database import Database
from notifier.alerts.messages import AlertMessage, AlertWriter
from notifier.alerts.models import AlertEpisodeRow
from notifier.alerts.rules import AlertRules
from notifier.alerts.service import AlertService
from tests.fakes import FrozenClock

# Level of the reading (None: no index), minutes until the next one, and how old it is when it comes.
STEPS = st.lists(
    st.tuples(
        st.sampled_from([None, 0, 1, 2, 3, 4, 4, 5, 5]),
        st.sampled_from([20, 30, 60, 60, 60, 180, 600, 1500]),
        st.sampled_from([0, 20, 60, 200]),
    ),
    max_size=40,
)
Step = tuple[int | None, int, int]


async def _live_through(
    url: str, rules: AlertRules, writer: AlertWriter, steps: Sequence[Step], ending: Sequence[Step]
) -> tuple[list[AlertMessage], int]:
    """Return everything that was told, and how many episodes still run at the end."""
    clock, database = FrozenClock(), Database(url)
    service = AlertService(rules, writer, clock, allow_sample=False)
    told: list[AlertMessage] = []
    async with database.engine.begin() as connection:
        table = AlertEpisodeRow.metadata.tables[AlertEpisodeRow.__tablename__]
        await connection.run_sync(table.metadata.create_all, tables=[table])
        await connection.execute(delete(AlertEpisodeRow))
    async with database.write() as session:
        for level, minutes, age in (*steps, *ending):
            clock.advance(timedelta(minutes=minutes))
            at = clock.now() - timedelta(minutes=age)
            for _ in range(2):
                told += await service.evaluate(session, Snapshot(52, level, at, None, (), at, sample=False))
        running = await session.scalar(
            select(func.count()).select_from(AlertEpisodeRow).where(AlertEpisodeRow.ended_at.is_(None))
        )
    await database.close()
    return told, running or 0


@pytest.mark.parametrize("ending", [[(1, 300, 0), (2, 60, 0)], [(None, 1501, 0)]], ids=["calm", "silence"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_message_comes_twice_and_every_episode_ends(
    tmp_path: Path, rules: AlertRules, writer: AlertWriter, ending: list[Step], steps: list[Step]
) -> None:
    url = f"sqlite:///{tmp_path / 'hub.db'}"
    told, running = asyncio.run(_live_through(url, rules, writer, steps, ending))
    assert running == 0
    assert max(Counter(message.key for message in told).values(), default=0) <= 1
    heard: dict[str, list[AlertMessage]] = {}
    for message in told:
        heard.setdefault(message.key.split(":")[1], []).append(message)
    for messages in heard.values():
        levels = [message.level for message in messages]
        assert None not in levels[:-1]
        assert all(level in {4, 5} for level in levels if level is not None)
        days: dict[str, list[int | None]] = {}
        for message in messages:
            days.setdefault(message.key.rsplit(":", 1)[1], []).append(message.level)
        # Within a day it is only ever told that it got worse, and at last that it is over.
        assert all(sorted(day, key=lambda level: level or 9) == day for day in days.values())
