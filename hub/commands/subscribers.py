"""`hub subscribers …`: bring in a list of residents who consented on paper, take the list out, stop one who asks."""

from pathlib import Path
from typing import BinaryIO

from content.places import Kind, load_places
from content.texts import Wording
from core.errors import HubError
from core.settings import Settings
from core.text import fold
from hub.bootstrap import address_vault
from hub.commands.base import CommandBase, command_base
from notifier.subscriptions.addresses import AddressRefusedError, masked, normalise
from notifier.subscriptions.list_export import ExportRequest, ListExport
from notifier.subscriptions.list_file import ListRefusedError, read_list
from notifier.subscriptions.list_import import ListImport, RowReport, RowResult
from notifier.subscriptions.list_rules import FindDistrict
from notifier.subscriptions.models import MAX_EVIDENCE
from notifier.subscriptions.service import Subscriptions
from notifier.subscriptions.topics import Origin


async def import_list(settings: Settings, file: Path, really: bool) -> None:
    """Print what an import of a CSV file would do, row by row, and do it when `really` is asked for."""
    async with command_base(settings) as desk:
        wording = desk.texts["alerts_subscribe"]
        try:
            rows = read_list(_content(file))
        except ListRefusedError as refusal:
            raise HubError(wording.say(f"list_{refusal.fault}", detail=refusal.detail)) from refusal
        subscriptions = Subscriptions(address_vault(settings), desk.clock)
        importer = ListImport(desk.database, subscriptions, desk.clock, _find_district(desk))
        report = await importer.run(rows, dry_run=not really)
    for row in report.rows:
        print(_line(row, wording, really))
    print(", ".join(f"{_result(result, wording, really)}: {count}" for result, count in report.counts.items()))
    if not really:
        print("To była próba, niczego nie zapisano. Listę zapisuje to samo polecenie z dopiskiem --really.")


async def export_list(settings: Settings, file: Path, by: str, reason: str, full: bool) -> None:
    """Write the running subscriptions to a CSV file, with masked addresses unless `full` is asked for."""
    async with command_base(settings) as desk:
        header = desk.texts["alerts_subscribe"].say("export_columns").split(";")
        exporter = ListExport(Subscriptions(address_vault(settings), desk.clock), desk.clock)
        # The file must be writable before the export is noted.
        with _new(file) as target:
            async with desk.database.write() as session:
                target.write(await exporter.write(session, ExportRequest(by, reason, full), header))
    print(f"The list is in {file}; the export was noted under the name {by}.")


async def stop(settings: Settings, address: str, channel: str, by: str, reason: str) -> None:
    """Stop everything that an address gets, for a resident who asked staff; also later lists do not bring it back."""
    origin = Origin("staff", _evidence(by, reason))
    async with command_base(settings) as desk:
        subscriptions = Subscriptions(address_vault(settings), desk.clock)
        try:
            normal = normalise(channel, address)
            async with desk.database.write() as session:
                ended = await subscriptions.unsubscribe(session, channel, normal, origin=origin)
        except AddressRefusedError as refusal:
            raise HubError(desk.texts["alerts_subscribe"].say(f"refused_{refusal.fault}")) from refusal
    print(f"{masked(channel, normal)} gets nothing more; ended: {', '.join(ended) or 'nothing was on'}.")


def _evidence(by: str, reason: str) -> str:
    """Return who stopped it and why, as it stands in the log of consents."""
    name, why = " ".join(by.split()), " ".join(reason.split())
    evidence = f"{name}: {why}"
    if not (name and why and len(evidence) <= MAX_EVIDENCE):
        message = f"Name and reason are both needed, and have at most {MAX_EVIDENCE - 2} characters together."
        raise HubError(message)
    return evidence


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}."
        raise HubError(message) from error


def _new(file: Path) -> BinaryIO:
    try:
        return file.open("xb")
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror}. Choose a new name."
        raise HubError(message) from error


def _find_district(desk: CommandBase) -> FindDistrict:
    names = {fold(place.name): place.id for place in load_places(desk.city.folder).offered(Kind.DISTRICT)}
    return lambda name: names.get(fold(name).strip())


def _result(result: RowResult, wording: Wording, really: bool) -> str:
    """Return what became of a row, or would become of it if the import was meant."""
    return wording.say("row_to_import" if result is RowResult.IMPORTED and not really else f"row_{result}")


def _line(row: RowReport, wording: Wording, really: bool) -> str:
    said = _result(row.result, wording, really)
    if not row.reason:
        return f"{row.line}: {said}"
    name = f"row_{row.reason}" if row.result is not RowResult.REFUSED or f"row_{row.reason}" in wording.more else ""
    why = wording.say(name or f"refused_{row.reason}", detail=row.detail)
    return f"{row.line}: {said}. {why}"
