"""Whatever the air does: nobody hears one thing twice a day, and no episode lasts for ever."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.database import Database
from core.redis import open_redis
from notifier.alerts.messages import AlertWriter
from notifier.alerts.models import AlertMessageRow
from notifier.alerts.rules import AlertRules
from tests.fakes import FrozenClock
from tests.notifier.alerts.town import Town, state

# Level of the reading (None: no index), mean of PM10, minutes until the next one, and how old it is when it comes.
Step = tuple[int | None, float | None, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from([None, 0, 1, 2, 3, 4, 4, 5, 5]),
        st.sampled_from([None, None, 20.0, 90.0, 110.0, 160.0]),
        st.sampled_from([20, 30, 60, 60, 60, 180, 600, 1500]),
        st.sampled_from([0, 20, 60, 200]),
    ),
    max_size=40,
)
CALM: list[Step] = [(1, 20.0, 300, 0), (2, 20.0, 60, 0)]
SILENCE: list[Step] = [(None, None, 1501, 0)]


async def _live_through(
    file: Path, rules: AlertRules, writer: AlertWriter, steps: Sequence[Step]
) -> tuple[list[AlertMessageRow], list[int]]:
    """Return everything that was told, and the levels of the episodes that still run at the end."""
    database, redis = Database(f"sqlite:///{file}"), open_redis(None)
    town = Town(database, redis, FrozenClock(), rules, writer)
    for index, pm10_day, minutes, age in steps:
        town.clock.advance(timedelta(minutes=minutes))
        current = state(town.clock.now() - timedelta(minutes=age), index, pm10_day=pm10_day)
        for _ in range(2):
            await town.run(current)
    told, running = await town.messages(), await town.running()
    await redis.aclose()
    await database.close()
    return told, running


@pytest.mark.parametrize("ending", [CALM, SILENCE], ids=["calm", "silence"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_message_comes_twice_and_every_episode_ends(
    migrated_file: Path,
    tmp_path: Path,
    rules: AlertRules,
    writer: AlertWriter,
    ending: list[Step],
    steps: list[Step],
) -> None:
    file = tmp_path / "hub.db"
    for rest in tmp_path.glob("hub.db*"):
        rest.unlink()
    shutil.copy(migrated_file, file)
    told, running = asyncio.run(_live_through(file, rules, writer, [*steps, *ending]))
    assert running == []
    assert max(Counter(message.key for message in told).values(), default=0) <= 1
    episodes: dict[int, list[AlertMessageRow]] = {}
    for message in told:
        episodes.setdefault(message.episode_id, []).append(message)
    for messages in episodes.values():
        _one_course(messages)


def _one_course(messages: list[AlertMessageRow]) -> None:
    levels = [message.level for message in messages]
    assert None not in levels[:-1]
    days: dict[str, list[int | None]] = {}
    for message in messages:
        days.setdefault(message.key.rsplit(":", 1)[1], []).append(message.level)
    # Within a day it is only ever told that it got worse, and at last that it is over.
    assert all(sorted(set(day), key=lambda level: level or 9) == day for day in days.values())
    assert [message.msg_type for message in messages] == [
        "Cancel" if message.level is None else "Alert" if place == 0 else "Update"
        for place, message in enumerate(messages)
    ]
    for place, message in enumerate(messages):
        assert [reference[0] for reference in message.references] == [each.identifier for each in messages[:place]]
