"""`hub keys …`: which key opens what, and sealing everything again under the newest one."""

from core.clock import SystemClock
from core.errors import ConfigurationError
from core.settings import Settings
from hub.bootstrap import address_vault
from hub.commands.base import newest_database
from hub.keys.rotation import Rotated, require_fitting_keys, rotate_keys, sealed_values
from nlu.judging.report import Table, as_text


async def status(settings: Settings) -> None:
    """Print how many values each key opens, and whether SECRET_KEY finds the addresses."""
    async with newest_database(settings) as database:
        vault = address_vault(settings)
        counted = await sealed_values(database)
        try:
            await require_fitting_keys(database, vault)
            verdict = "SECRET_KEY finds the addresses in the database."
        except ConfigurationError as error:
            verdict = str(error)
    names = {key: f"key {place} of ENCRYPTION_KEYS" for place, key in enumerate(vault.key_ids, start=1)}
    rows = [
        (each.column, key, names.get(key, "not among ENCRYPTION_KEYS"), str(count))
        for each in counted
        for key, count in sorted(each.by_key.items())
    ]
    if rows:
        print(as_text([Table("Sealed values", ("where", "key", "", "values"), rows)]))
    print(verdict)


async def rotate(settings: Settings) -> None:
    """Seal everything under the newest key and print what was done."""
    async with newest_database(settings) as database:
        vault = address_vault(settings)
        rotated = await rotate_keys(database, vault, SystemClock())
    print(f"Sealed again under key {vault.key_ids[0]}: {rotated.sealed.total()} values.")
    for line in _indexed(rotated):
        print(line)
    for column, count in sorted(rotated.unreadable.items()):
        print(f"Cannot be opened: {count} values of {column}; add the key that sealed them to ENCRYPTION_KEYS.")
    if not rotated.unreadable:
        print(
            "Nothing in the database needs an older key. Take it out of ENCRYPTION_KEYS when the backups that need it "
            "are gone; drafts of messages that residents are just writing are then lost."
        )


def _indexed(rotated: Rotated) -> list[str]:
    indexed = rotated.indexed
    if not indexed.found and not indexed.doubled:
        return []
    return [
        f"Found under the new SECRET_KEY again: {indexed.found} addresses.",
        f"Signed up a second time meanwhile, and left as they are: {indexed.doubled}.",
        f"Stops of erased addresses, which no longer count: {indexed.lost}. An import may sign them up again.",
        "Over with the old SECRET_KEY: links to residents' own pages, conversations, recovery codes of staff.",
    ]
