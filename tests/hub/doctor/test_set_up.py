"""What the doctor says of a set-up: of what it stands on, what runs, and who works."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx2
import pytest

from content.sources.status import record_success
from core.clock import SystemClock
from core.database import Database
from core.http import http_client
from core.processes.heartbeat import Fact, Heartbeat
from core.redis import open_redis
from core.settings import Settings
from core.staff.accounts import Accounts
from core.staff.actor import CONSOLE
from core.staff.passwords import Passwords
from core.staff.permissions import Role
from hub.backups.making import JOB as BACKUP
from hub.commands.doctor import doctor
from hub.doctor import running, stores, understanding
from hub.doctor.finding import Check, Finding, Verdict, examine, right
from notifier.scheduler import Job
from notifier.scheduler.runs import JobRuns
from tests.fakes import FrozenClock
from tests.hub.doctor.test_settings_check import production

Facts = Mapping[str, Fact]
ONLY_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def clock() -> FrozenClock:
    # The clock of a server cannot be frozen, so ours stands near it.
    return FrozenClock(SystemClock().now())


def _verdicts(findings: Sequence[Finding]) -> dict[str, Verdict]:
    return {each.subject: each.verdict for each in findings}


async def test_a_database_of_this_release_is_right(database: Database, clock: FrozenClock) -> None:
    found = _verdicts(await stores.of_database(Settings(), database, clock))
    assert found == dict.fromkeys(("database", "tables", "clock of the database"), Verdict.RIGHT)


@pytest.mark.servers
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("apart", "verdict"), [(20, Verdict.DOUBTFUL), (600, Verdict.WRONG)])
async def test_a_database_with_another_time_is_told(
    database: Database, clock: FrozenClock, apart: int, verdict: Verdict
) -> None:
    clock.advance(timedelta(seconds=apart))
    assert _verdicts(await stores.of_database(Settings(), database, clock))["clock of the database"] is verdict


async def test_a_database_that_is_none_is_told_and_not_made(tmp_path: Path, clock: FrozenClock) -> None:
    file = tmp_path / "hub.db"
    database = Database(f"sqlite:///{file}")
    (found,) = await stores.of_database(Settings(), database, clock)
    await database.close()
    assert found.verdict is Verdict.WRONG
    assert "hub db upgrade" in found.text
    assert not file.exists()


async def test_tables_of_another_release_are_told(tmp_path: Path, clock: FrozenClock) -> None:
    (tmp_path / "hub.db").touch()
    database = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    found = _verdicts(await stores.of_database(Settings(), database, clock))
    await database.close()
    assert found["tables"] is Verdict.WRONG


@pytest.mark.servers
async def test_redis_tells_its_version(valkey_url: str) -> None:
    redis = open_redis(valkey_url)
    (found,) = await stores.of_redis(redis, production(redis_url=valkey_url))
    await redis.aclose()
    assert found.verdict is Verdict.RIGHT
    assert found.text.startswith("Valkey ")


def test_a_clock_that_is_wrong_is_told(clock: FrozenClock) -> None:
    (found,) = stores.of_clocks("clock", clock.now() + timedelta(minutes=5), clock.now())
    assert found.verdict is Verdict.WRONG
    assert "300 s apart" in found.text


@ONLY_SQLITE
async def test_parts_that_do_not_run_are_named(database: Database, clock: FrozenClock) -> None:
    settings = production(telegram_bot_token="1:a")
    found = _verdicts(await running.of_processes(database, settings, clock))
    assert found == dict.fromkeys(
        [f"process {role}" for role in ("web", "scheduler", "worker", "telegram")], Verdict.WRONG
    )


@ONLY_SQLITE
async def test_what_runs_is_right_and_a_stopped_channel_is_wrong(database: Database, clock: FrozenClock) -> None:
    facts: Facts = {"leads": True, "channel:sms": "stopped", "channel:telegram": "sends"}
    await Heartbeat(database, clock, ["web", "scheduler", "worker"], [lambda: facts]).beat()
    found = _verdicts(await running.of_processes(database, production(), clock))
    assert {subject for subject, verdict in found.items() if verdict is not Verdict.RIGHT} == {"sending sms"}
    clock.advance(timedelta(minutes=2))
    assert _verdicts(await running.of_processes(database, production(), clock))["process web"] is Verdict.WRONG


@ONLY_SQLITE
async def test_a_city_needs_two_people_and_second_factors(database: Database, clock: FrozenClock) -> None:
    accounts, settings = Accounts(database, clock, Passwords()), production()
    assert _verdicts(await running.of_staff(database, settings)) == {"staff": Verdict.WRONG}
    await accounts.add(CONSOLE, "szefowa", Role.ADMINISTRATOR)
    await accounts.add(CONSOLE, "redaktorka", Role.EDITOR)
    assert _verdicts(await running.of_staff(database, settings))["staff"] is Verdict.WRONG
    await accounts.add(CONSOLE, "zatwierdzający", Role.APPROVER)
    found = await running.of_staff(database, settings)
    assert _verdicts(found) == {"staff": Verdict.RIGHT, "second factor": Verdict.DOUBTFUL}
    assert "szefowa" not in str(found)


@ONLY_SQLITE
async def test_a_backup_that_is_missing_or_old_is_told(database: Database, clock: FrozenClock) -> None:
    async def nothing() -> None:
        pass

    async def verdict(**changes: object) -> Verdict:
        (found,) = await running.of_backup(database, production(**changes), clock)
        return found.verdict

    assert await verdict() is Verdict.WRONG
    job, runs = Job(BACKUP, nothing, minutes="0"), JobRuns(database, clock)
    await runs.take_now(job)
    await runs.ended(job, None)
    told = [await verdict()]
    for hours in (30, 60):
        clock.advance(timedelta(hours=hours))
        told.append(await verdict())
    assert told == [Verdict.RIGHT, Verdict.DOUBTFUL, Verdict.WRONG]


@ONLY_SQLITE
async def test_the_age_of_readings_is_told(database: Database, clock: FrozenClock) -> None:
    now, settings = clock.now(), production(city_rss_url="https://miasto.example/rss")
    async with database.write() as session:
        await record_success(session, "gios", now, 6, 0, now - timedelta(minutes=30))
        await record_success(session, "gios_notices", now, 6, 0, now - timedelta(days=1))
    found = _verdicts(await running.of_last_readings(database, settings, clock))
    assert found["readings gios"] is Verdict.RIGHT
    assert found["readings gios_notices"] is Verdict.WRONG
    assert found["readings city_news"] is Verdict.WRONG
    assert "readings eipa_register" not in found


@pytest.mark.parametrize(("status", "verdict"), [(200, Verdict.RIGHT), (404, Verdict.RIGHT), (503, Verdict.DOUBTFUL)])
async def test_a_source_is_asked_for_nothing_but_a_sign_of_life(
    clock: FrozenClock, status: int, verdict: Verdict
) -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.method)
        return httpx2.Response(status, headers={"Date": format_datetime(clock.now(), usegmt=True)})

    async with http_client(timeout=5, transport=httpx2.MockTransport(answer)) as http:
        found = await understanding.of_source(http, "gios", "https://gios.example", clock)
    assert found[0].verdict is verdict
    assert asked == ["HEAD"]


@pytest.mark.parametrize(
    ("status", "told"), [(200, "understands a sentence"), (401, "refuses NLU_TOKEN"), (503, "has no model ready")]
)
async def test_each_server_of_the_model_is_asked(clock: FrozenClock, status: int, told: str) -> None:
    parse = {"intent_ranking": [{"name": "greet", "confidence": 0.9}]}
    wire = httpx2.MockTransport(lambda _request: httpx2.Response(status, json=parse))
    settings = production(nlu_url="http://one:5005,http://two:5005", nlu_token="n" * 32)
    async with http_client(timeout=5, transport=wire) as http:
        found = await understanding.of_model(http, settings, clock)
    assert len(found) == 2
    assert all(told in each.text for each in found)
    assert "n" * 32 not in str(found)


async def test_a_check_that_fails_or_hangs_stops_no_other() -> None:
    async def fails() -> Sequence[Finding]:
        raise RuntimeError("redis://:password@host")

    async def hangs() -> Sequence[Finding]:
        await asyncio.Event().wait()
        return []

    async def passes() -> Sequence[Finding]:
        return [right("disk", "there is room")]

    found = await examine([Check("Redis", fails), Check("Twilio", hangs), Check("disk", passes)], patience=0.05)
    assert _verdicts(found) == {"Redis": Verdict.WRONG, "Twilio": Verdict.WRONG, "disk": Verdict.RIGHT}
    assert "password" not in str(found)


async def test_the_command_prints_json_and_fails_when_something_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(var_dir=tmp_path, gios_api_base="http://127.0.0.1:9")
    with pytest.raises(SystemExit) as left:
        await doctor(settings, True)
    assert left.value.code == 1
    told = json.loads(capsys.readouterr().out)
    assert {"subject": "database", "verdict": "wrong", "text": "there is none yet: `hub db upgrade` makes it"} in told
    assert not [*tmp_path.glob("*")]  # noqa: ASYNC240 - once
