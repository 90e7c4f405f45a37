"""Replies of the office reach the resident over the real channels, through every fault of the provider."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from email.utils import format_datetime

import pytest

from bot.handoffs.handoff import Handoff, NewHandoff
from bot.handoffs.letters.carrier import LetterCarrier
from bot.handoffs.letters.letter import Letter, LetterState, Trouble
from bot.handoffs.letters.reach import Reach
from bot.handoffs.letters.service import LEASE, Letters
from bot.handoffs.service import Handoffs
from content.pack import load_city
from content.texts import Texts
from core.crypto import AddressVault
from core.database import Database
from notifier.channels.base import Channel
from notifier.channels.telegram import telegram_channel
from notifier.channels.twilio.sms import TwilioAccount, TwilioSmsChannel
from notifier.pricing import SegmentPrice
from notifier.spending.budget import Budget
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FrozenClock
from tests.standins.telegram import TOKEN as BOT_TOKEN
from tests.standins.telegram import TelegramStandIn
from tests.standins.telegram_spec import SPEC_FILE as TELEGRAM_SPEC
from tests.standins.twilio import ACCOUNT, TOKEN, Refusal, TwilioStandIn
from tests.standins.twilio_spec import SPEC_FILE

pytestmark = pytest.mark.skipif(
    not (SPEC_FILE.exists() and TELEGRAM_SPEC.exists()), reason="the specifications are not beside the repository"
)

TEXTS = Texts(load_city("legnica").folder)
VAULT = AddressVault(["encryption-" * 4], "index-" * 8)
PHONE, CHAT = "+48601234567", 5123456789
SAID = "Straż miejska sprawdzi to w piątek."


@pytest.fixture
async def twilio() -> AsyncIterator[TwilioStandIn]:
    async with TwilioStandIn() as standin:
        yield standin
        assert standin.violations == []


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn() as standin:
        yield standin


@dataclass
class Office:
    """An office that answers, and the carrier of the process that sends."""

    database: Database
    clock: FrozenClock
    handoffs: Handoffs
    carrier: LetterCarrier
    budget: Budget

    async def answer(self, sender: str = f"sms:{PHONE}", text: str = SAID) -> str:
        """Answer a message that was just left, and return its number."""
        channel = sender.partition(":")[0]
        new = NewHandoff(f"key-{text}", channel, "air", sender, "Czuję dym wieczorami.", "here", sender)
        async with self.database.write() as session:
            reference = await self.handoffs.create(session, new)
            await self.handoffs.assign(session, reference, "Anna", "Anna")
        await self.reply(reference, text)
        return reference

    async def reply(self, reference: str, text: str = SAID) -> None:
        async with self.database.write() as session:
            await self.handoffs.reply(session, reference, text, "Anna")

    async def seen(self, reference: str) -> Handoff:
        async with self.database.read() as session:
            found = await self.handoffs.find(session, reference)
        assert found
        return found

    async def letter(self, reference: str) -> Letter:
        """Return the newest letter of a message."""
        letter = (await self.seen(reference)).steps[-1].letter
        assert letter
        return letter

    async def go_on(self, after: timedelta) -> None:
        """Let time pass, and do all that is due then."""
        self.clock.advance(after)
        while await self.carrier.step():
            pass

    async def stop_sms(self) -> None:
        """Say STOP from the number."""
        async with self.database.write() as session:
            await Subscriptions(VAULT, self.clock).unsubscribe(session, "sms", PHONE)


@pytest.fixture
async def office(
    database: Database, clock: FrozenClock, twilio: TwilioStandIn, telegram: TelegramStandIn
) -> AsyncIterator[Office]:
    account = TwilioAccount(ACCOUNT, TOKEN, twilio.url, "+48732000000", "", "")
    sms = TwilioSmsChannel(account, clock)
    async with telegram_channel(BOT_TOKEN, telegram.url, clock) as bot:
        channels: list[Channel] = [sms, bot]
        budget = Budget("sms", SegmentPrice(Decimal("0.20")), Decimal("1.00"))
        letters = Letters(database, VAULT, clock, TEXTS)
        carrier = LetterCarrier(letters, database, clock, channels, limits={}, budgets={"sms": budget})
        yield Office(database, clock, Handoffs(VAULT, clock, "LG"), carrier, budget)
    await sms.close()


async def test_a_reply_arrives_as_sms_and_the_office_sees_that_it_did(office: Office, twilio: TwilioStandIn) -> None:
    reference = await office.answer()
    assert (await office.letter(reference)).state is LetterState.WAITING
    assert (await office.seen(reference)).reach is Reach.LETTER

    await office.go_on(timedelta(0))
    assert [message["To"] for message in twilio.messages] == [PHONE]
    assert twilio.messages[0]["Body"].startswith(f"Urzad, sprawa {reference}: Straz miejska sprawdzi to w piatek.\n")
    assert (await office.letter(reference)).state is LetterState.SENT

    twilio.kept[0]["status"] = "delivered"
    await office.go_on(timedelta(minutes=1))
    assert (await office.letter(reference)).state is LetterState.DELIVERED
    assert len(twilio.messages) == 1
    async with office.database.read() as session:
        assert await office.budget.spent(session, office.clock.now()) == 1


async def test_a_reply_arrives_in_the_chat_on_telegram(office: Office, telegram: TelegramStandIn) -> None:
    reference = await office.answer(f"telegram:{CHAT}")
    await office.go_on(timedelta(0))
    (call,) = telegram.made("sendMessage", CHAT)
    assert call.text.startswith(f"Odpowiedź urzędu w sprawie {reference}:\n{SAID}")
    assert (await office.letter(reference)).state is LetterState.SENT


async def test_a_provider_that_is_away_is_tried_again_and_the_reply_is_sent_once(
    office: Office, twilio: TwilioStandIn
) -> None:
    twilio.refusal = Refusal(503)
    reference = await office.answer()
    await office.go_on(timedelta(0))
    letter = await office.letter(reference)
    assert (letter.state, letter.trouble) == (LetterState.WAITING, Trouble.AWAY)
    twilio.refusal = None
    await office.go_on(timedelta(minutes=10))
    assert (await office.letter(reference)).state is LetterState.SENT
    assert len(twilio.messages) == 1


async def test_what_does_not_get_through_for_a_day_is_given_up_and_said(office: Office, twilio: TwilioStandIn) -> None:
    twilio.refusal = Refusal(503)
    reference = await office.answer()
    for _ in range(60):
        await office.go_on(timedelta(minutes=30))
    letter = await office.letter(reference)
    assert (letter.state, letter.trouble) == (LetterState.FAILED, Trouble.TOO_LATE)
    calls = twilio.calls
    await office.go_on(timedelta(days=1))
    assert twilio.calls == calls


async def test_a_process_killed_after_its_call_does_not_make_the_resident_read_twice(
    office: Office, twilio: TwilioStandIn
) -> None:
    twilio.accepts_and_hangs = True
    reference = await office.answer()
    dying = asyncio.create_task(office.carrier.step())
    while not twilio.messages:  # noqa: ASYNC110 - the stand-in has nothing to wait for
        await asyncio.sleep(0)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    twilio.accepts_and_hangs = False
    twilio.kept[0]["date_created"] = format_datetime(office.clock.now())

    assert not await office.carrier.step()
    await office.go_on(LEASE)
    assert (await office.letter(reference)).state is LetterState.SENT
    assert len(twilio.messages) == 1


@pytest.mark.parametrize(
    ("refusal", "trouble"),
    [
        (Refusal(400, 21211), Trouble.GONE),
        (Refusal(400, 21610), Trouble.STOPPED),
        (Refusal(400, 21408), Trouble.REFUSED),
    ],
)
async def test_a_refusal_for_good_is_told_with_its_reason_and_costs_nothing(
    office: Office, twilio: TwilioStandIn, refusal: Refusal, trouble: Trouble
) -> None:
    twilio.refuses_sending = refusal
    reference = await office.answer()
    await office.go_on(timedelta(0))
    letter = await office.letter(reference)
    assert (letter.state, letter.trouble, letter.code) == (LetterState.FAILED, trouble, str(refusal.code))
    async with office.database.read() as session:
        assert await office.budget.spent(session, office.clock.now()) == 0


async def test_whoever_blocked_the_bot_is_not_written_to_again(office: Office, telegram: TelegramStandIn) -> None:
    telegram.fail("sendMessage", 403, said="Forbidden: bot was blocked by the user")
    reference = await office.answer(f"telegram:{CHAT}")
    await office.go_on(timedelta(0))
    letter = await office.letter(reference)
    assert (letter.state, letter.trouble) == (LetterState.FAILED, Trouble.GONE)


async def test_a_stop_after_the_message_silences_the_office_too(office: Office, twilio: TwilioStandIn) -> None:
    reference = await office.answer()
    office.clock.advance(timedelta(minutes=1))
    await office.stop_sms()
    await office.go_on(timedelta(0))
    letter = await office.letter(reference)
    assert (letter.state, letter.trouble) == (LetterState.FAILED, Trouble.STOPPED)
    assert (await office.seen(reference)).reach is Reach.STOPPED
    await office.reply(reference, "Jeszcze jedno.")
    assert (await office.seen(reference)).steps[-1].letter is None
    assert twilio.calls == 0


async def test_whoever_writes_to_the_office_after_a_stop_is_answered(office: Office, twilio: TwilioStandIn) -> None:
    await office.stop_sms()
    office.clock.advance(timedelta(minutes=1))
    reference = await office.answer()
    await office.go_on(timedelta(0))
    assert (await office.letter(reference)).state is LetterState.SENT
    assert len(twilio.messages) == 1


async def test_a_reply_above_the_budget_of_the_day_goes_out_on_the_next(office: Office, twilio: TwilioStandIn) -> None:
    async with office.database.write() as session:
        assert await office.budget.take(session, 5, office.clock.now())
    reference = await office.answer()
    await office.go_on(timedelta(0))
    letter = await office.letter(reference)
    assert (letter.state, letter.trouble, twilio.calls) == (LetterState.WAITING, Trouble.SPEND_CAP, 0)
    await office.go_on(timedelta(hours=12))
    assert (await office.letter(reference)).state is LetterState.SENT


async def test_a_message_that_its_owner_erased_is_answered_no_more(office: Office, twilio: TwilioStandIn) -> None:
    await office.answer()
    async with office.database.write() as session:
        await office.handoffs.erase(session, f"sms:{PHONE}")
    await office.go_on(timedelta(0))
    assert twilio.calls == 0


async def test_two_processes_send_each_reply_once(office: Office, twilio: TwilioStandIn) -> None:
    for number in range(4):
        await office.answer(text=f"{SAID} {number}")
    while any(await asyncio.gather(office.carrier.step(), office.carrier.step())):
        pass
    assert len(twilio.messages) == len({message["Body"] for message in twilio.messages}) == 4
