"""A backup holds everything, and is restored whole on either engine or not at all."""

import errno
import os
import stat
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select, text

from core.database import Database
from core.errors import ConfigurationError
from hub.backups.file import BackupError, check
from hub.backups.making import last_backup, make_backup
from hub.backups.restore import restore_backup
from hub.migrations.run import migrate, migrating
from hub.understanding.model import models_folder
from nlu.record import ModelRecord
from nlu.store import ModelStore, digest
from tests.fakes import FrozenClock
from tests.hub.backups.filled import KEY, PHONE, SECRET, empty, fill, hub_file, settings_for, subscribe
from tests.hub.sample_rows import reflected

__all__ = ["empty", "hub_file"]

ENDED = {"staff_sessions", "sign_ups", "link_codes", "processes"}
ADDED = {"audit_log", "job_runs"}
"""Where a restore and the backup itself leave a row of their own, after all others."""

Content = dict[str, list[dict[str, Any]]]


async def _content(database: Database) -> Content:
    def read(connection: Connection) -> Content:
        tables = reflected(connection).sorted_tables
        rows = {table.name: connection.execute(select(table).order_by(*table.primary_key.columns)) for table in tables}
        return {name: [dict(row) for row in found.mappings()] for name, found in rows.items()}

    async with database.engine.connect() as connection:
        return await connection.run_sync(read)


async def _tables(url: str) -> list[str]:
    database = Database(url)
    async with database.engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await database.close()
    return names


async def test_every_row_comes_back_on_either_engine(
    database: Database, empty: str, clock: FrozenClock, tmp_path: Path
) -> None:
    settings, target = settings_for(database, tmp_path), settings_for(empty, tmp_path)
    await fill(database, settings)
    # JSON's own null is not a missing value.
    async with database.write() as session:
        await session.execute(text("UPDATE alert_rule_versions SET changes = NULL WHERE id = 7"))
        await session.execute(text("UPDATE alert_rule_versions SET changes = 'null' WHERE id = 12"))
    before = await _content(database)
    written = await make_backup(settings, clock, tmp_path / "backups", keep=None)
    assert written.manifest.rows == sum(len(rows) for rows in before.values()) + 1
    assert (await restore_backup(target, clock, written.file)).manifest == written.manifest

    restored = Database(empty)
    after = await _content(restored)
    assert set(after) == set(before)
    for name, rows in before.items():
        found = after[name][: len(rows)] if name in ADDED else after[name]
        assert found == ([] if name in ENDED else rows), name
    async with restored.read() as session:
        nulls = await session.scalars(text("SELECT changes IS NULL FROM alert_rule_versions ORDER BY id"))
        assert [bool(is_null) for is_null in nulls] == [True, False]
    await subscribe(target, restored)  # its number follows the highest one
    await restored.close()


async def test_a_backup_of_an_earlier_version_is_brought_forward(
    empty: str, clock: FrozenClock, tmp_path: Path
) -> None:
    earlier = Database(f"sqlite:///{tmp_path / 'earlier.db'}")
    async with migrating(earlier) as connection:
        await connection.run_sync(migrate, "2026_11_24_deliveries")
    settings = settings_for(earlier, tmp_path)
    await fill(earlier, settings)
    await earlier.close()
    written = await make_backup(settings, clock, tmp_path, keep=None)
    await restore_backup(settings_for(empty, tmp_path), clock, written.file)

    restored = Database(empty)
    async with restored.read() as session:
        zones = await session.scalars(text("SELECT zone FROM alert_episodes ORDER BY id"))
        assert zones.all() == ["7", "12"]
    await restored.close()


async def test_the_file_is_private_and_holds_no_key_and_no_address(
    hub_file: Database, clock: FrozenClock, tmp_path: Path
) -> None:
    settings = settings_for(hub_file, tmp_path)
    await subscribe(settings, hub_file)
    written = await make_backup(settings, clock, tmp_path / "backups", keep=None)
    assert stat.S_IMODE(written.file.stat().st_mode) == 0o600
    with zipfile.ZipFile(written.file) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b'"sms"' in everything
    for secret in (SECRET, KEY, PHONE):
        assert secret.encode() not in everything


async def test_the_newest_are_kept_and_the_last_success_is_known(
    hub_file: Database, clock: FrozenClock, tmp_path: Path
) -> None:
    settings, folder = settings_for(hub_file, tmp_path), tmp_path / "backups"
    assert await last_backup(hub_file) is None
    names = []
    for _ in range(3):
        clock.advance(timedelta(days=1))
        names.append((await make_backup(settings, clock, folder, keep=2)).file.name)
    (folder / "notes.txt").touch()
    assert sorted(path.name for path in folder.glob("*.zip")) == names[1:]
    assert await last_backup(hub_file) == clock.now()

    (tmp_path / "file").touch()
    clock.advance(timedelta(days=1))
    with pytest.raises(BackupError, match=r"cannot be written \(.*\): choose another folder"):
        await make_backup(settings, clock, tmp_path / "file", keep=2)
    assert await last_backup(hub_file) == clock.now() - timedelta(days=1)


async def test_a_full_disk_leaves_no_file_behind(
    hub_file: Database, clock: FrozenClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = tmp_path / "backups"
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BackupError, match="No space left on device"):
        await make_backup(settings_for(hub_file, tmp_path), clock, folder, keep=None)
    assert list(folder.iterdir()) == []


async def test_a_damaged_file_is_refused_before_anything_is_touched(
    hub_file: Database, clock: FrozenClock, tmp_path: Path
) -> None:
    settings = settings_for(hub_file, tmp_path)
    await fill(hub_file, settings)
    whole = (await make_backup(settings, clock, tmp_path, keep=None)).file.read_bytes()
    changed = bytearray(whole)
    changed[len(changed) // 3] ^= 0x10
    file, target = tmp_path / "harmed.zip", f"sqlite:///{tmp_path / 'restored.db'}"
    for harmed in (whole[:-100], bytes(changed), b"no backup", b""):
        file.write_bytes(harmed)
        with pytest.raises(BackupError, match="damaged"):
            await restore_backup(settings_for(target, tmp_path), clock, file)
        with pytest.raises(BackupError, match="damaged"):
            check(file)
    assert await _tables(target) == []


async def test_other_keys_are_told_before_anything_is_touched(
    hub_file: Database, clock: FrozenClock, tmp_path: Path
) -> None:
    settings = settings_for(hub_file, tmp_path)
    await subscribe(settings, hub_file)
    file = (await make_backup(settings, clock, tmp_path, keep=None)).file
    target = f"sqlite:///{tmp_path / 'restored.db'}"
    with pytest.raises(ConfigurationError, match="ENCRYPTION_KEYS do not open the backup: 1 of its values"):
        await restore_backup(settings_for(target, tmp_path, keys="other" * 8), clock, file)
    with pytest.raises(ConfigurationError, match="SECRET_KEY is not the one of the backup"):
        await restore_backup(settings_for(target, tmp_path, secret="other" * 8), clock, file)
    assert await _tables(target) == []
    await restore_backup(settings_for(target, tmp_path, keys=f"{'other' * 8},{KEY}"), clock, file)


async def test_it_goes_into_an_empty_database_only(hub_file: Database, clock: FrozenClock, tmp_path: Path) -> None:
    settings = settings_for(hub_file, tmp_path)
    file = (await make_backup(settings, clock, tmp_path, keep=None)).file
    with pytest.raises(ConfigurationError, match=r"has tables\. To empty it: .* move the file .*hub\.db away"):
        await restore_backup(settings, clock, file)


async def test_what_does_not_fit_leaves_nothing(
    hub_file: Database, empty: str, clock: FrozenClock, tmp_path: Path
) -> None:
    settings = settings_for(hub_file, tmp_path)
    await fill(hub_file, settings)
    async with migrating(hub_file) as connection:  # where SQLite does not look
        await connection.execute(text("UPDATE turns SET conversation_id = 99 WHERE id = 12"))
    file = (await make_backup(settings, clock, tmp_path, keep=None)).file
    with pytest.raises(BackupError, match=r"turns does not fit|1 rows refer to others that are missing"):
        await restore_backup(settings_for(empty, tmp_path), clock, file)
    assert await _tables(empty) == []


async def test_the_model_in_service_comes_along(hub_file: Database, clock: FrozenClock, tmp_path: Path) -> None:
    settings = settings_for(hub_file, tmp_path / "old")
    _serve_a_model(ModelStore(models_folder(settings)))
    file = (await make_backup(settings, clock, tmp_path, keep=None)).file
    target = settings_for(f"sqlite:///{tmp_path / 'restored.db'}", tmp_path / "new")
    assert (await restore_backup(target, clock, file)).model
    store = ModelStore(models_folder(target))
    assert store.registry().current == "0123456789abcdef"
    assert store.archive("0123456789abcdef").read_bytes() == b"a trained model"


def _serve_a_model(store: ModelStore) -> None:
    with store.training_folder() as folder:
        archive = folder / "model"
        archive.write_bytes(b"a trained model")
        trained_at = datetime(2026, 11, 20, tzinfo=UTC)
        record = ModelRecord(
            name="0123456789abcdef", code="c", sha256=digest(archive), trained_at=trained_at, sentences=9
        )
        store.add(archive, record)
    store.put_in_service(record.name)
