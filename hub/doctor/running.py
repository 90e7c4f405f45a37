"""Checks of what runs and who works: processes, people, the backup, what the city still has to tell."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from content.sources.status import statuses
from core.clock import Clock
from core.database import Database
from core.processes.heartbeat import SILENT_AFTER, processes
from core.processes.models import ProcessRow
from core.settings import Settings
from core.staff import repository as staff
from core.staff.account import Account
from core.staff.permissions import Permission
from hub.backups.making import last_backup
from hub.doctor.finding import Finding, doubtful, right, wrong
from hub.doctor.understanding import of_readings
from notifier.channels.registry import NAMES
from notifier.deliveries.clock import server_time

_BACKUP_DOUBTFUL, _BACKUP_WRONG = timedelta(hours=26), timedelta(days=3)


async def of_processes(database: Database, settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Look whether every part of the product was heard of lately, and that one scheduler leads."""
    async with database.read() as session:
        now = await server_time(session, clock.now())
        lively = [each for each in await processes(session) if now - each.seen_at < SILENT_AFTER]
    needed = ["web", "scheduler", "worker"]
    if settings.telegram_bot_token.get_secret_value() and settings.telegram_mode == "polling":
        needed.append("telegram")
    return [*(_of_role(role, lively) for role in needed), *_leading(lively), *_sending(lively)]


_STARTED_BY = {"web": "hub api", "scheduler": "hub scheduler", "worker": "hub worker", "telegram": "hub telegram"}


def _of_role(role: str, lively: Sequence[ProcessRow]) -> Finding:
    count = sum(role in each.roles for each in lively)
    if count:
        return right(f"process {role}", f"{count} heard of within {SILENT_AFTER.seconds} s")
    return wrong(f"process {role}", f"none was heard of within {SILENT_AFTER.seconds} s: start `{_STARTED_BY[role]}`")


def _leading(lively: Sequence[ProcessRow]) -> Iterator[Finding]:
    leaders = sum(each.facts.get("leads") is True for each in lively)
    if leaders == 1:
        yield right("leader", "one scheduler runs the regular jobs")
    elif leaders:
        yield doubtful("leader", f"{leaders} say that they run the regular jobs: look again in a minute")
    elif any("scheduler" in each.roles for each in lively):
        yield wrong(
            "leader",
            "no scheduler says that it runs the regular jobs: look again in a minute, then read its log",
        )


def _sending(lively: Sequence[ProcessRow]) -> Iterator[Finding]:
    for channel in NAMES:
        said = [each.facts[f"channel:{channel}"] for each in lively if f"channel:{channel}" in each.facts]
        if "sends" in said:
            yield right(f"sending {channel}", f"workers that send on it: {said.count('sends')}")
        elif said:
            yield wrong(f"sending {channel}", "it stopped, as the provider refuses our account: correct it and restart")
        elif any("worker" in each.roles for each in lively):
            yield wrong(f"sending {channel}", f"no worker sends on it: start `hub worker` with {channel} in --channels")


async def of_staff(database: Database, settings: Settings) -> Sequence[Finding]:
    """Look whether there is an administrator, two people for an announcement, and a second factor each."""
    async with database.read() as session:
        everybody = [Account.of(row) for row in await staff.accounts(session)]
    working = [each for each in everybody if not each.is_disabled]
    if not any(each.actor.may(Permission.MANAGE_STAFF) for each in working):
        return [wrong("staff", "nobody may manage accounts: `hub staff add NAME --role administrator`")]
    return [_two_people(working), *_second_factors(working, settings)]


def _two_people(working: Sequence[Account]) -> Finding:
    # No role may do both, so whoever approves is somebody else.
    writes = any(each.actor.may(Permission.WRITE_ANNOUNCEMENTS) for each in working)
    approves = any(each.actor.may(Permission.APPROVE_ANNOUNCEMENTS) for each in working)
    if writes and approves:
        return right("staff", f"{len(working)} accounts, one person can write an announcement and another approve it")
    return wrong(
        "staff",
        "an announcement needs one who writes and one who approves: `hub staff add NAME --role editor` or `approver`",
    )


def _second_factors(working: Sequence[Account], settings: Settings) -> Iterator[Finding]:
    if settings.is_demo:
        return
    without = sum(not each.has_second_factor for each in working)
    if without:
        yield doubtful(
            "second factor", f"{without} of {len(working)} accounts have none yet: it is set up at the log-in"
        )
    else:
        yield right("second factor", "every account has one")


async def of_backup(database: Database, settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Look at the age of the last backup."""
    last = await last_backup(database)
    if last is None:
        message = "there was none: `hub backup FOLDER`, best every night"
        return [doubtful("backup", message) if settings.is_demo else wrong("backup", message)]
    return [_aged(clock.now() - last)]


def _aged(age: timedelta) -> Finding:
    told = f"the last one is {age.total_seconds() / 3600:.0f} h old"
    if age > _BACKUP_WRONG:
        return wrong("backup", f"{told}: find out why `hub backup` no longer runs")
    return (
        doubtful("backup", f"{told}: should it not run every night?")
        if age > _BACKUP_DOUBTFUL
        else right("backup", told)
    )


async def of_last_readings(database: Database, settings: Settings, clock: Clock) -> Sequence[Finding]:
    """Look at the age of what is known from the sources."""
    async with database.read() as session:
        now: datetime = await server_time(session, clock.now())
        known = {status.name: status for status in await statuses(session)}
    return list(of_readings(settings, known, now))
