"""Staff stop the notifications of a resident who asked them to, and it can be proved who did."""

from pathlib import Path

from sqlalchemy import select

from core.database import Database
from notifier.subscriptions.models import ConsentRow
from tests.hub.conftest import Hub

LIST = "phone;topics;consent_date;consent_source\n512 345 678;smog, komunikaty;2026-11-03;formularz 12/2026\n"
STOP = ("subscribers", "stop", "512 345 678", "--channel", "sms")


async def test_a_resident_stopped_by_staff_is_not_brought_back_by_a_list(hub: Hub, tmp_path: Path) -> None:
    paper = tmp_path / "list.csv"
    paper.write_text(LIST, encoding="utf-8")
    await hub("subscribers", "import", str(paper), "--really")

    stopped = await hub(*STOP, "--by", "Anna Żak", "--reason", "telefon 23.11, prosi o rezygnację")
    assert stopped.code == 0
    assert "+48 *** *** 678 gets nothing more; ended: smog, announcements." in stopped.out
    assert "512" not in stopped.out + stopped.err
    again = await hub(*STOP, "--by", "Anna Żak", "--reason", "jeszcze raz")
    assert "ended: nothing was on" in again.out
    assert "zrezygnowała" in (await hub("subscribers", "import", str(paper), "--really")).out

    database = Database(f"sqlite:///{tmp_path / 'hub.db'}")
    async with database.read() as session:
        log = (await session.scalars(select(ConsentRow).where(ConsentRow.action == "withdrawn"))).all()
    await database.close()
    evidence = "Anna Żak: telefon 23.11, prosi o rezygnację"
    assert [(row.source, row.evidence) for row in log] == [("staff", evidence)] * 2


async def test_an_address_that_nobody_signed_up_is_remembered_all_the_same(hub: Hub, tmp_path: Path) -> None:
    paper = tmp_path / "list.csv"
    paper.write_text(LIST, encoding="utf-8")
    assert (await hub(*STOP, "--by", "Anna", "--reason", "pismo 7/2026")).code == 0
    assert "zrezygnowała" in (await hub("subscribers", "import", str(paper), "--really")).out


async def test_what_cannot_be_stopped_is_told(hub: Hub) -> None:
    landline = await hub("subscribers", "stop", "76 721 21 00", "--channel", "sms", "--by", "Anna", "--reason", "list")
    assert (landline.code, landline.err.startswith("To jest numer stacjonarny")) == (1, True)
    group = await hub("subscribers", "stop", "-100200", "--channel=telegram", "--by", "Anna", "--reason", "list")
    assert group.code != 0
    for by, reason in ((" ", "list"), ("Anna", " "), ("Anna", "x" * 120)):
        assert "both needed" in (await hub(*STOP, "--by", by, "--reason", reason)).err
    assert (await hub("subscribers", "stop", "512345678", "--channel", "fax", "--by", "A", "--reason", "b")).code == 2
