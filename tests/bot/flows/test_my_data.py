"""One's own data: told, shown, and gone from every table."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import MetaData, insert, select

from bot.personal_data.person import Person
from bot.sms.models import SmsReplyRow
from core.crypto import AddressVault
from core.database import Database
from core.secrets import keyed_digest
from notifier.subscriptions.models import ConsentRow, ContactRow
from notifier.subscriptions.service import Subscriptions
from tests.bot.flows.desk import ACCOUNT, PHONE, SECRET, Desk
from tests.fakes import FrozenClock

MATTER = "Od tygodnia nie świeci lampa przy przystanku."
LEFT = ("chcę człowieka", "dotacje", MATTER, "human_handoff?reply=here", "tak")
SIGNED_UP = ("zapisz mnie na powiadomienia", "alerts_subscribe?confirm=yes")
ERASE = ("moje dane", "privacy_data?do=erase", "privacy_data?confirm=yes")


async def _rows(database: Database) -> dict[str, list[str]]:
    """Return every row of every table that is really in the database."""
    metadata = MetaData()
    async with database.engine.connect() as connection:
        await connection.run_sync(metadata.reflect)
        return {
            table.name: [str(tuple(row)) for row in await connection.execute(select(table))]
            for table in metadata.sorted_tables
        }


async def test_it_says_what_is_kept_for_how_long_and_offers_to_show_and_erase(desk: Desk) -> None:
    reply = await desk.say("moje dane")
    assert "po 90 dniach, a sprawa w urzędzie po 90 dniach od zakończenia" in reply.answers[0].text
    assert [button.title for button in reply.answers[0].buttons] == ["Pokaż moje dane", "Usuń moje dane"]
    # An offer is no open matter: whoever asks something else is not led back to it.
    other = (await desk.say("jakie jest powietrze")).answers[0]
    assert "Poprzednia sprawa" not in other.text
    assert not any(button.payload == "privacy_data" for button in other.buttons)


async def test_everything_of_a_sender_is_shown(desk: Desk) -> None:
    await desk.told(*SIGNED_UP, *LEFT, sender=ACCOUNT)
    said = await desk.told("moje dane", "privacy_data?do=show", sender=ACCOUNT)
    # The list of sentences comes last: an SMS would hold nothing else.
    assert "• Rozmowa od 23.11.2026, zapisane wiadomości: 8. Najnowsze:" in said.partition("• Powiadomienia:")[2]
    assert "– 23.11.2026, 19:30: zapisz mnie na powiadomienia" in said
    assert "• Powiadomienia: smog w Legnicy. Zapisane zgody i rezygnacje: 1." in said
    assert "(czeka)." in said


async def test_every_part_that_keeps_something_of_a_sender_tells_it(desk: Desk) -> None:
    await desk.told(*SIGNED_UP, *LEFT, sender=ACCOUNT)
    person = Person(keyed_digest(SECRET, ACCOUNT), ACCOUNT)
    kept = {part.name: part.fields for part in await desk.data.export(person)}
    assert set(kept) == {"conversation", "subscriptions", "messages"}
    assert "zapisz mnie na powiadomienia" in kept["conversation"]["questions"]
    assert kept["subscriptions"]["consents"] == "1"
    assert re.fullmatch(r"LG-\w{5} \(czeka\)", kept["messages"]["messages"])


async def test_what_was_shown_is_not_stored_once_more(desk: Desk) -> None:
    await desk.told("moje dane", "privacy_data?do=show")
    assert not [row for row in (await _rows(desk.database))["turns"] if "Zapisane tutaj dane" in row]


@pytest.mark.parametrize("sender", [PHONE, ACCOUNT])
async def test_erased_means_in_no_table(desk: Desk, database: Database, sender: str) -> None:
    await desk.told(*SIGNED_UP, *LEFT, sender=sender)
    before = await _rows(database)
    said = await desk.told(*ERASE, sender=sender)
    assert said.startswith("Dane są usunięte, powiadomienia nie będą przychodzić.")
    after = await _rows(database)
    address = sender.partition(":")[2]
    assert not [row for rows in after.values() for row in rows if address in row or address[3:] in row]
    assert (len(before["handoffs"]), len(after["handoffs"])) == (1, 0)
    assert after["handoff_steps"] == []
    # Only the turn that says so.
    assert len(after["turns"]) == 1
    assert not [row for row in after["turns"] if "lampa" in row]


async def test_the_proof_of_consent_stays_without_an_address(
    desk: Desk, database: Database, clock: FrozenClock
) -> None:
    await desk.told(*SIGNED_UP, sender=PHONE)
    await desk.told(*ERASE, sender=PHONE)
    vault = AddressVault(["encryption-" * 4], SECRET)
    subscriptions = Subscriptions(vault, clock)
    async with database.read() as session:
        contact = await session.scalar(select(ContactRow))
        log = (await session.scalars(select(ConsentRow).order_by(ConsentRow.id))).all()
        assert await subscriptions.running(session, "sms", "+48512345678") == ()
    assert contact is not None
    assert (contact.state, subscriptions.address(contact)) == ("stopped", "")
    assert [row.action for row in log] == ["given", "withdrawn"]


async def test_whoever_signs_up_again_is_reached_again(desk: Desk, database: Database, clock: FrozenClock) -> None:
    await desk.told(*SIGNED_UP, sender=PHONE)
    await desk.told(*ERASE, sender=PHONE)
    await desk.told(*SIGNED_UP, sender=PHONE)
    subscriptions = Subscriptions(AddressVault(["encryption-" * 4], SECRET), clock)
    async with database.read() as session:
        contact = await session.scalar(select(ContactRow))
    assert contact is not None
    assert (contact.state, subscriptions.address(contact)) == ("active", "+48512345678")


async def test_an_anonymous_talk_erases_itself_and_nothing_else(desk: Desk, database: Database) -> None:
    await desk.told(*SIGNED_UP, *LEFT, sender=ACCOUNT)
    await desk.told("chcę człowieka", "dotacje", MATTER, "bez kontaktu", "tak")
    assert len((await _rows(database))["handoffs"]) == 2
    said = await desk.told("moje dane", "privacy_data?do=show")
    assert "widać tylko ją" in said
    assert "Powiadomienia" not in said
    before = desk.conversation
    assert await desk.told("usuń", "tak") == "Dane są usunięte. Zostaje tylko zapis tej odpowiedzi."
    # The page is told by it to show nothing of the old talk.
    assert desk.conversation != before
    after = await _rows(database)
    assert len(after["handoffs"]) == 1
    assert len(after["contacts"]) == 1
    assert "Powiadomienia: smog" in await desk.told("moje dane", "privacy_data?do=show", sender=ACCOUNT)


@pytest.mark.parametrize("answer", ["nie", "zostaw", "privacy_data?confirm=no"])
async def test_nothing_is_erased_without_a_yes(desk: Desk, database: Database, answer: str) -> None:
    await desk.told(*LEFT, sender=ACCOUNT)
    said = await desk.told(*ERASE[:2], answer, sender=ACCOUNT)
    assert said == "W porządku, nic nie zostało usunięte."
    assert len((await _rows(database))["handoffs"]) == 1


async def test_a_yes_to_an_old_question_erases_nothing(desk: Desk, database: Database, clock: FrozenClock) -> None:
    await desk.told(*LEFT, *ERASE[:2], sender=ACCOUNT)
    clock.advance(timedelta(minutes=31))
    await desk.told("privacy_data?confirm=yes", sender=ACCOUNT)
    assert len((await _rows(database))["handoffs"]) == 1


async def test_kept_answers_by_sms_go_with_the_rest(desk: Desk, database: Database, clock: FrozenClock) -> None:
    digest = keyed_digest(SECRET, PHONE)
    async with database.write() as session:
        values = {"sender": digest, "received_at": clock.now(), "choices": {}}
        await session.execute(insert(SmsReplyRow).values(message="answered", text="Odpowiedź", **values))
        await session.execute(insert(SmsReplyRow).values(message="in flight", text=None, **values))
    assert "Kopie odpowiedzi SMS, trzymane przez dobę: 1." in await desk.told(
        "moje dane", "privacy_data?do=show", sender=PHONE
    )
    await desk.told("usuń", "usuń", sender=PHONE)
    rows = (await _rows(database))["sms_replies"]
    assert len(rows) == 1
    assert "in flight" in rows[0]


@pytest.mark.parametrize("sender", ["telegram:-100123", "sms:+4930901820"])
async def test_senders_who_cannot_subscribe_are_served_all_the_same(desk: Desk, sender: str) -> None:
    assert "Rozmowa od" in await desk.told("moje dane", "privacy_data?do=show", sender=sender)
    assert await desk.told("usuń", "tak", sender=sender) == "Dane są usunięte. Zostaje tylko zapis tej odpowiedzi."
