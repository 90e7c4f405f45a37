"""The list that staff take: masked as a rule, in full for a reason, and harmless in a spreadsheet."""

import csv

import pytest
from sqlalchemy import select

from core.database import Database
from notifier.subscriptions.choices import choose_districts
from notifier.subscriptions.list_export import ExportRefusedError, ExportRequest, ListExport
from notifier.subscriptions.models import SubscriberExportRow
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FrozenClock

HEADER = ("kanał", "adres", "temat", "dzielnice", "od")
REASON = "wniosek komisji z 20.11.2026"


@pytest.fixture
async def export(subscriptions: Subscriptions, database: Database, clock: FrozenClock) -> ListExport:
    async with database.write() as session:
        await subscriptions.subscribe(session, "sms", "512345678", "smog", text_version="v1")
        await subscriptions.subscribe(session, "sms", "512345678", "announcements", text_version="v1")
        await subscriptions.subscribe(session, "telegram", "=1+1", "smog", text_version="v1")
        await subscriptions.subscribe(session, "sms", "600700800", "smog", text_version="v1")
        await subscriptions.unsubscribe(session, "sms", "600700800")
        contact = await subscriptions.contact(session, "sms", "512345678")
        assert contact
        await choose_districts(session, contact, ["zosinek", "piekary"])
    return ListExport(subscriptions, clock)


async def _taken(export: ListExport, database: Database, request: ExportRequest) -> list[str]:
    async with database.write() as session:
        data = await export.write(session, request, HEADER)
    rows = csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";")
    return [";".join(row) for row in rows]


async def test_as_a_rule_addresses_are_masked(export: ListExport, database: Database) -> None:
    assert await _taken(export, database, ExportRequest("Anna Nowak", "")) == [
        "kanał;adres;temat;dzielnice;od",
        "sms;*** *** 678;smog;;23.11.2026",
        "sms;*** *** 678;announcements;piekary, zosinek;23.11.2026",
        "telegram;***1+1;smog;;23.11.2026",
    ]


async def test_in_full_it_is_harmless_in_a_spreadsheet(export: ListExport, database: Database) -> None:
    lines = await _taken(export, database, ExportRequest("Anna Nowak", REASON, full=True))
    assert lines[1].startswith("sms;512345678;")
    assert lines[3].startswith("telegram;'=1+1;")


async def test_who_took_it_and_why_is_kept(export: ListExport, database: Database, clock: FrozenClock) -> None:
    await _taken(export, database, ExportRequest(" Anna  Nowak ", REASON, full=True))
    async with database.read() as session:
        row = (await session.scalars(select(SubscriberExportRow))).one()
    assert (row.by, row.reason, row.full, row.contacts, row.at) == ("Anna Nowak", REASON, True, 2, clock.now())


@pytest.mark.parametrize(
    "request_",
    [
        ExportRequest("", REASON),
        ExportRequest("Anna Nowak", "", full=True),
        ExportRequest("Anna Nowak", "bo tak", full=True),
        ExportRequest("Anna Nowak", "x" * 201, full=True),
    ],
)
async def test_without_a_name_or_a_reason_there_is_no_list(
    export: ListExport, database: Database, request_: ExportRequest
) -> None:
    with pytest.raises(ExportRefusedError):
        await _taken(export, database, request_)
