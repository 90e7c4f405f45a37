"""`hub backup`, `hub backups check`, `hub restore`."""

from pathlib import Path

from core.clock import SystemClock, warsaw
from core.settings import Settings
from hub.backups.file import Manifest, check
from hub.backups.hold import Held
from hub.backups.making import make_backup
from hub.backups.restore import restore_backup


async def backup(settings: Settings, folder: Path, keep: int | None) -> None:
    """Write a backup, delete all but the newest `keep` (None: delete nothing) and print where it lies."""
    written = await make_backup(settings, SystemClock(), folder, keep)
    print(f"{written.file}: {_said(written.manifest)}, {written.file.stat().st_size / 1_000_000:.1f} MB.")
    if written.forgotten:
        print(f"Older ones deleted: {written.forgotten}.")
    print("SECRET_KEY and ENCRYPTION_KEYS are not in it; without them it cannot be restored. Keep them somewhere else.")


async def check_backup(_settings: Settings, file: Path) -> None:
    """Read a backup from end to end and print what it holds."""
    print(f"{file} is whole: {_said(check(file))}.")


async def restore(settings: Settings, file: Path) -> None:
    """Restore a backup and print what waits for a person now."""
    restored = await restore_backup(settings, SystemClock(), file)
    print(f"Restored: {_said(restored.manifest)}.")
    if restored.model:
        print("Its language model is in service.")
    print("\nNothing that was on its way goes out by itself, because it may have gone out after the backup:")
    for line in _held(restored.held):
        print(f"  {line}")
    print("\nWhoever stopped notifications since then is not known here. Before anything is resumed, enter them:")
    print('  hub subscribers stop NUMBER --channel sms --by "NAME" --reason "before the restore"')
    print("Staff sign in again. Then start the processes: hub run, or hub api, hub scheduler and hub worker.")


def _held(held: Held) -> list[str]:
    lines = [
        f'announcement {number} is paused: hub broadcast resume {number} --by "NAME", or hub broadcast cancel'
        for number in held.paused
    ]
    lines += [f"announcement {number} was scheduled and is with its author again" for number in held.returned]
    lines += [f"announcement {number} is approved; was it sent since the backup?" for number in held.approved]
    ended = {
        "alerts and reminders on their way are cancelled": held.broadcasts,
        "alerts that waited for a decision have lapsed": held.alerts,
        "replies to residents are marked as not delivered; the inbox shows them": held.replies,
    }
    lines += [f"{count} {what}" for what, count in ended.items() if count]
    return lines or ["there was nothing"]


def _said(manifest: Manifest) -> str:
    model = f"language model {manifest.model}" if manifest.model else "no language model"
    return f"{manifest.rows} rows of {warsaw(manifest.made_at):%Y-%m-%d %H:%M} (Polish time), {model}"
