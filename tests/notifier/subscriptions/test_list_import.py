"""A list signs up whom it may, once, and says of every row what became of it."""

import pytest
from sqlalchemy import func, select

from content.pack import load_city
from content.texts import Texts
from core.database import Database
from notifier.subscriptions.list_file import FileFault, read_list
from notifier.subscriptions.list_import import ImportReport, ListImport, RowReport, RowResult
from notifier.subscriptions.list_rules import RowFault
from notifier.subscriptions.models import ConsentRow, ContactRow
from notifier.subscriptions.repository import consents
from notifier.subscriptions.service import Subscriptions
from notifier.subscriptions.topics import Origin
from tests.fakes import FrozenClock

DISTRICTS = {"Piekary": "piekary", "Zosinek": "zosinek"}
LIST = """phone;topics;districts;consent_date;consent_source
512345678;smog,komunikaty;Piekary;2026-11-03;formularz 12/2026
600700800;smog;;03.11.2026;zebranie w szkole
512 345 678;smog;;2026-11-03;formularz 13/2026
76 721 21 00;smog;;2026-11-03;papier
500100200;loteria;;2026-11-03;papier
500100201;;;2026-11-03;papier
500100202;komunikaty;Atlantyda;2026-11-03;papier
500100203;smog;;kiedyś;papier
500100204;smog;;2026-11-24;papier
500100205;smog;;2026-11-03;
"""


@pytest.fixture
def imports(database: Database, subscriptions: Subscriptions, clock: FrozenClock) -> ListImport:
    return ListImport(database, subscriptions, clock, DISTRICTS.get)


async def _run(imports: ListImport, text: str = LIST, *, dry_run: bool = False) -> ImportReport:
    return await imports.run(read_list(text.encode()), dry_run=dry_run)


async def _contacts(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(ContactRow)) or 0


EXPECTED = (
    RowReport(2, RowResult.IMPORTED),
    RowReport(3, RowResult.IMPORTED),
    RowReport(4, RowResult.ALREADY),
    RowReport(5, RowResult.REFUSED, "landline"),
    RowReport(6, RowResult.REFUSED, "unknown_topic", "loteria"),
    RowReport(7, RowResult.REFUSED, "no_topic"),
    RowReport(8, RowResult.REFUSED, "unknown_district", "Atlantyda"),
    RowReport(9, RowResult.REFUSED, "no_date", "kiedyś"),
    RowReport(10, RowResult.REFUSED, "future_date", "2026-11-24"),
    RowReport(11, RowResult.REFUSED, "no_source"),
)


async def test_every_row_has_its_result(imports: ListImport, subscriptions: Subscriptions, database: Database) -> None:
    report = await _run(imports)
    assert report.rows == EXPECTED
    assert report.counts == {
        RowResult.IMPORTED: 2,
        RowResult.ALREADY: 1,
        RowResult.SUPPRESSED: 0,
        RowResult.REFUSED: 7,
    }
    async with database.read() as session:
        running = await subscriptions.running(session, "sms", "512345678")
        log = [(row.source, row.text_version, row.evidence) for row in await consents(session, 1)]
    assert [(entry.topic, entry.districts) for entry in running] == [("smog", ()), ("announcements", ("piekary",))]
    assert log == [("import", "import", "2026-11-03: formularz 12/2026")] * 2
    assert await _contacts(database) == 2


async def test_a_dry_run_says_the_same_and_writes_nothing(imports: ListImport, database: Database) -> None:
    assert (await _run(imports, dry_run=True)).rows == EXPECTED
    assert await _contacts(database) == 0


async def test_the_same_list_again_changes_nothing(imports: ListImport, database: Database) -> None:
    await _run(imports)
    again = await _run(imports)
    assert again.counts[RowResult.IMPORTED] == 0
    assert again.counts[RowResult.ALREADY] == 3
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ConsentRow)) == 3


async def test_only_what_is_missing_is_added_and_choices_stay(
    imports: ListImport, subscriptions: Subscriptions, database: Database
) -> None:
    async with database.write() as session:
        await subscriptions.subscribe(session, "sms", "512345678", "announcements", text_version="v1")
    await _run(imports)
    async with database.read() as session:
        running = await subscriptions.running(session, "sms", "512345678")
    assert [(entry.topic, entry.districts) for entry in running] == [("announcements", ()), ("smog", ())]


@pytest.mark.parametrize("dry_run", [True, False])
async def test_whoever_stopped_or_complained_or_is_gone_stays_off(
    imports: ListImport, subscriptions: Subscriptions, database: Database, *, dry_run: bool
) -> None:
    async with database.write() as session:
        await subscriptions.unsubscribe(session, "sms", "512345678")
        await subscriptions.subscribe(session, "sms", "600700800", "smog", text_version="v1")
        contact = await subscriptions.contact(session, "sms", "600700800", lock=True)
        assert contact
        await subscriptions.stop(session, contact, None, Origin("staff"), reason="complaint")
    report = await _run(imports, dry_run=dry_run)
    assert report.rows[:3] == (
        RowReport(2, RowResult.SUPPRESSED, "asked"),
        RowReport(3, RowResult.SUPPRESSED, "complaint"),
        RowReport(4, RowResult.SUPPRESSED, "asked"),
    )
    async with database.read() as session:
        assert await subscriptions.running(session, "sms", "600700800") == ()


async def test_what_was_stopped_before_there_was_a_list_of_stops_stays_off(
    imports: ListImport, subscriptions: Subscriptions, database: Database
) -> None:
    async with database.write() as session:
        await subscriptions.subscribe(session, "sms", "512345678", "smog", text_version="v1")
        (await session.get_one(ContactRow, 1)).state = "stopped"
    assert (await _run(imports)).rows[0] == RowReport(2, RowResult.SUPPRESSED, "asked")


async def test_a_report_holds_no_number(imports: ListImport) -> None:
    assert "512" not in repr((await _run(imports)).rows)


def test_every_fault_and_result_has_its_sentence() -> None:
    more = Texts(load_city("legnica").folder)["alerts_subscribe"].more
    rows = {*RowFault, *RowResult, "asked", "gone", "complaint", "not_stored"}
    assert {f"row_{name}" for name in rows} <= set(more)
    assert {f"list_{fault}" for fault in FileFault} <= set(more)
