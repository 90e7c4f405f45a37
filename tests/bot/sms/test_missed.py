"""SMS that no webhook brought, over the wire to a stand-in of Twilio that keeps them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.assistant import Assistant
from bot.sms.guard import SmsGuard
from bot.sms.inbound import IncomingSms, SmsInbox
from bot.sms.missed import LOOKED_BACK, MissedSms
from bot.sms.repository import claim
from core.database import Database
from core.ratelimit import RateLimiter
from core.secrets import keyed_digest
from core.sms_text import is_gsm
from hub.bootstrap import Foundation
from hub.messaging.sms import late_sender
from notifier.channels.twilio.mailbox import MailboxUnavailable, TwilioMailbox
from notifier.channels.twilio.sms import TwilioAccount, TwilioSmsChannel
from notifier.subscriptions.models import ConsentRow, SubscriptionRow
from tests.fakes import FrozenClock
from tests.standins.twilio import ACCOUNT, TOKEN, Refusal, TwilioStandIn
from tests.standins.twilio_spec import SPEC_FILE

CITY, ANNA, SECRET = "+48732000000", "+48601234567", "digest-key"

pytestmark = pytest.mark.skipif(not SPEC_FILE.exists(), reason="the API's specification is not beside the repository")


@dataclass
class Town:
    """A city's number at Twilio, its inbox, and a clock."""

    twilio: TwilioStandIn
    inbox: SmsInbox
    missed: MissedSms
    database: Database
    clock: FrozenClock

    def text(self, sid: str, body: str, ago: timedelta = timedelta(minutes=5)) -> IncomingSms:
        """Have a resident send an SMS; no webhook is called."""
        at = self.clock.now() - ago
        self.twilio.keep_other(sid, at, "inbound", **{"to": CITY, "from": ANNA, "body": body, "num_media": "0"})
        return IncomingSms(sid, ANNA, body)

    @property
    def sent(self) -> list[str]:
        """The texts that went out by the API."""
        return [message["Body"] for message in self.twilio.messages]

    async def running(self) -> int:
        """Return how many subscriptions run."""
        query = select(func.count()).select_from(SubscriptionRow).where(SubscriptionRow.ended_at.is_(None))
        async with self.database.read() as session:
            return await session.scalar(query) or 0


@pytest.fixture
def sender() -> str:
    return CITY


@pytest.fixture
async def town(
    foundation: Foundation, assistant: Assistant, database: Database, clock: FrozenClock, sender: str
) -> AsyncIterator[Town]:
    guard = SmsGuard(RateLimiter(foundation.redis), 0, SECRET)
    inbox = SmsInbox(assistant, database, clock, guard, SECRET, texts=foundation.texts, places=foundation.places)
    async with TwilioStandIn() as twilio:
        account = TwilioAccount(ACCOUNT, TOKEN, twilio.url, sender, "", "https://miasto.example/status")
        mailbox, channel = TwilioMailbox(account), TwilioSmsChannel(account, clock)
        yield Town(twilio, inbox, MissedSms(mailbox, inbox, late_sender(channel, clock), clock), database, clock)
        await mailbox.close()
        await channel.close()
        assert twilio.violations == []


async def test_a_message_sent_during_an_outage_is_answered_once(town: Town) -> None:
    town.text("SM1", "jakie jest powietrze")
    assert await town.missed.look() == 1
    assert await town.missed.look() == 0
    (answer,) = town.sent
    assert "PM10" in answer
    assert is_gsm(answer)
    assert town.twilio.messages[0]["To"] == ANNA
    assert "StatusCallback" not in town.twilio.messages[0]


async def test_what_the_webhook_answered_is_not_answered_again(town: Town) -> None:
    await town.inbox.reply(town.text("SM1", "jakie jest powietrze"))
    assert await town.missed.look() == 0
    assert town.sent == []


async def test_what_another_installation_answered_is_left_alone(town: Town) -> None:
    town.text("SM1", "jakie jest powietrze")
    at = town.clock.now() - timedelta(minutes=5) + timedelta(seconds=3)
    town.twilio.keep_other("SM2", at, "outbound-reply", to=ANNA, body="Odpowiedz.")
    assert await town.missed.look() == 0
    questions = len(town.twilio.queries)
    assert await town.missed.look() == 0
    # It is not asked about again.
    assert len(town.twilio.queries) == questions + 1


async def test_the_answer_to_a_later_message_is_not_taken_for_one_to_the_lost_one(town: Town) -> None:
    town.text("SM1", "STOP")
    later = town.text("SM2", "jakie jest powietrze", timedelta(minutes=3))
    await town.inbox.reply(later)
    town.twilio.keep_other("SM3", town.clock.now() - timedelta(minutes=3), "outbound-reply", to=ANNA, body="PM10")
    assert await town.missed.look() == 1
    assert "powiadomien" in town.sent[0]


async def test_a_message_whose_process_was_killed_is_answered(town: Town) -> None:
    sms = town.text("SM1", "jakie jest powietrze")
    async with town.database.write() as session:
        await claim(session, keyed_digest(SECRET, sms.id), keyed_digest(SECRET, f"sms:{ANNA}"), town.clock.now())
    assert await town.missed.look() == 0
    town.clock.advance(timedelta(minutes=2))
    assert await town.missed.look() == 1
    assert "PM10" in town.sent[0]


@pytest.mark.parametrize("ago", [timedelta(seconds=90), LOOKED_BACK + timedelta(minutes=1)])
async def test_neither_what_is_being_answered_nor_what_is_long_past_is_answered(town: Town, ago: timedelta) -> None:
    town.text("SM1", "jakie jest powietrze", ago)
    assert await town.missed.look() == 0
    assert town.sent == []


@pytest.mark.parametrize("refusal", [Refusal(429, 20429), Refusal(503), Refusal(401, 20003)])
async def test_an_answer_that_cannot_go_out_goes_out_later(town: Town, refusal: Refusal) -> None:
    town.text("SM1", "jakie jest powietrze")
    town.twilio.refuses_sending = refusal
    assert await town.missed.look() == 0
    town.twilio.refuses_sending = None
    town.clock.advance(timedelta(minutes=2))
    assert await town.missed.look() == 1
    assert len(town.sent) == 1


async def test_an_answer_whose_receipt_is_lost_does_not_go_out_twice(town: Town) -> None:
    town.text("SM1", "jakie jest powietrze")
    town.twilio.accepts_and_closes = True
    await town.missed.look()
    town.twilio.accepts_and_closes = False
    town.clock.advance(timedelta(minutes=2))
    assert await town.missed.look() == 0
    assert len(town.sent) == 1


async def test_two_processes_that_look_at_once_answer_once(town: Town) -> None:
    town.text("SM1", "jakie jest powietrze")
    assert sum(await asyncio.gather(town.missed.look(), town.missed.look())) == 1
    assert len(town.sent) == 1


async def test_a_look_that_fails_does_not_end_the_search(town: Town) -> None:
    town.text("SM1", "jakie jest powietrze")
    town.twilio.refusal = Refusal(500)
    with pytest.raises(MailboxUnavailable):
        await town.missed.look()
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, stop.set)
    await town.missed.run(stop)
    assert town.twilio.calls == 2
    town.twilio.refusal = None
    assert await town.missed.look() == 1


@pytest.mark.parametrize("sender", ["LEGNICA"])
async def test_a_name_receives_nothing(town: Town) -> None:
    assert await town.missed.look() == 0
    assert town.twilio.calls == 0


async def test_a_resident_whose_webhooks_are_lost_repeated_and_disordered(town: Town) -> None:
    """Signs up, gets lost in an outage, agrees, asks, and stops: each word counts once, none is lost."""
    start = town.text("SM1", "ALARM")
    consent = await town.inbox.reply(start)
    assert consent is not None
    assert consent.endswith("Prosze odpisac TAK.")
    # The webhook of TAK finds nobody, the one of ALARM comes again.
    town.text("SM2", "Tak, proszę")
    assert await town.inbox.reply(start) == consent
    assert await town.missed.look() == 1
    assert town.sent[-1].startswith("Zapis przyjety.")
    assert await town.running() == 1
    assert await town.inbox.reply(IncomingSms("SM2", ANNA, "Tak, proszę")) == town.sent[-1]
    async with town.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ConsentRow)) == 1
    # STOP during an outage of hours ends everything as soon as there is a look.
    stop = town.text("SM3", "STOP", timedelta(hours=3))
    assert await town.missed.look() == 1
    assert await town.running() == 0
    assert town.sent[-1].startswith("Gotowe.")
    assert await town.inbox.reply(stop) == town.sent[-1]
    assert len(town.sent) == 2
