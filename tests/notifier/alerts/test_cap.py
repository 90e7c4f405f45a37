"""Messages as CAP 1.2, judged by the schema of OASIS."""

from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree

from notifier.alerts.cap import CapSender, cap
from notifier.alerts.repository import by_identifier, latest_sent
from notifier.alerts.rules import AlertRules
from tests.notifier.alerts.town import HALF_AN_HOUR, HOUR, PIOTR, Town, notice_of, state

SCHEMA_FILE = Path(__file__).parents[3].parent / "shared" / "specs" / "cap12.xsd"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
SENDER = CapSender("miasto.example", "Urząd Miasta", "Zanieczyszczenie powietrza", "Miasto", "https://miasto.example/")


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA_FILE))


async def _documents(town: Town, schema: etree.XMLSchema) -> list[etree._Element]:
    documents = [etree.fromstring(cap(message, SENDER)) for message in await town.messages()]
    for document in documents:
        schema.assertValid(document)
    return documents


async def test_alert_update_and_cancel_are_valid_and_refer_to_each_other(town: Town, schema: etree.XMLSchema) -> None:
    await town.hourly(4, 5, 1, 1)
    first, worse, clear = await _documents(town, schema)
    assert [each.findtext(f"{CAP}msgType") for each in (first, worse, clear)] == ["Alert", "Update", "Cancel"]
    assert first.findtext(f"{CAP}sent") == "2026-11-23T19:30:00+01:00"
    assert first.find(f"{CAP}references") is None
    reference = f"miasto.example,{first.findtext(f'{CAP}identifier')},2026-11-23T19:30:00+01:00"
    assert worse.findtext(f"{CAP}references") == reference
    assert str(clear.findtext(f"{CAP}references")).startswith(f"{reference} miasto.example,")
    severities = [each.findtext(f"{CAP}info/{CAP}severity") for each in (first, worse, clear)]
    assert severities == ["Moderate", "Severe", "Minor"]
    assert clear.findtext(f"{CAP}info/{CAP}responseType") == "AllClear"
    assert first.findtext(f"{CAP}info/{CAP}expires") == "2026-11-24T01:30:00+01:00"


async def test_a_sample_is_a_test_to_those_who_receive_it(
    town: Town, rules: AlertRules, schema: etree.XMLSchema
) -> None:
    town.follow_rules(rules, allow_sample=True)
    await town.run(state(town.clock.now(), 4, sample=True))
    (document,) = await _documents(town, schema)
    assert document.findtext(f"{CAP}status") == "Test"


async def test_summer_time_is_written_with_its_offset(town: Town, schema: etree.XMLSchema) -> None:
    town.clock.advance(timedelta(days=200))
    await town.run(state(town.clock.now() - HALF_AN_HOUR, 4))
    (document,) = await _documents(town, schema)
    assert str(document.findtext(f"{CAP}sent")).endswith("+02:00")


async def test_a_foreign_text_cannot_break_the_document(town: Town, schema: etree.XMLSchema) -> None:
    notice = notice_of("a < b & \x00\x0b„c”\ufffe <script>", town.clock.now() - HOUR)
    (message,) = await town.run(state(town.clock.now(), 1, notices=[notice]))
    await town.decisions.confirm(PIOTR, message.id, "Sprawdzone")
    (document,) = await _documents(town, schema)
    assert "a < b & „c” <script>" in str(document.findtext(f"{CAP}info/{CAP}description"))


async def test_what_was_not_sent_is_not_published(town: Town) -> None:
    notice = notice_of("Poziom alarmowy", town.clock.now() - HOUR)
    (message,) = await town.run(state(town.clock.now(), 1, notices=[notice]))
    with pytest.raises(ValueError, match="was not sent"):
        cap(message, SENDER)


async def test_feeds_find_the_newest_messages_that_went_out(town: Town, rules: AlertRules) -> None:
    await town.hourly(4, 5)
    first, worse = await town.messages()
    town.follow_rules(rules, allow_sample=True)
    await town.run(state(town.clock.now(), 4, sample=True))
    notice = notice_of("Poziom alarmowy", town.clock.now() - HOUR)
    await town.run(state(town.clock.now(), 1, notices=[notice], sample=True))
    async with town.database.read() as session:
        real = await latest_sent(session, 10, samples=False)
        every = await latest_sent(session, 1, samples=True)
        found = await by_identifier(session, str(first.identifier), samples=False)
        assert await by_identifier(session, "smog-404", samples=True) is None
    assert [message.id for message in real] == [worse.id, first.id]
    assert [message.sample for message in every] == [True]
    assert found
    assert found.id == first.id
