"""A small assistant with the flows of the office, over the database of the test."""

import asyncio
from dataclasses import dataclass

from bot.answering import Answering
from bot.assistant import Assistant, Reply
from bot.flows.leave_message import LeaveMessage
from bot.flows.linking import Linking
from bot.flows.my_data import MyData
from bot.flows.subscriptions import SubscriptionAnswers
from bot.handoffs.models import HandoffRow, HandoffStepRow
from bot.handoffs.service import Handoffs
from bot.handoffs.status import HandoffStatus
from bot.meaning.understander import Understander
from bot.message import IncomingMessage
from bot.personal_data.holders import holders
from bot.personal_data.linked import LinkedPeople
from bot.personal_data.service import PersonalData
from content.pack import City
from content.places import load_places
from content.registry import Registry
from content.texts import Texts
from content.vocabulary import load_vocabulary
from core.crypto import AddressVault
from core.database import Database
from core.metrics import TalkMetrics
from core.ratelimit import RateLimiter
from core.redis import open_redis
from core.retention.current import CurrentPeriods
from core.settings import Settings
from hub.retention import retention
from notifier.channels.base import Channel, Outcome, OutgoingMessage, Receipt
from notifier.subscriptions.one_person import OnePerson
from notifier.subscriptions.service import Subscriptions
from tests.fakes import FakeParser, FrozenClock

SECRET = "index-" * 8
PHONE = "sms:+48512345678"
WAYS = {"telegram": "@miasto_bot", "sms": "+48732000000"}
ACCOUNT = "telegram:5123456789"


class Chats(Channel):
    """Telegram as notes reach it: each address with the text sent there."""

    def __init__(self) -> None:
        super().__init__("telegram")
        self.notes: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        await self.notes.put((address, message.as_text()))
        return Receipt("1")


@dataclass
class Desk:
    """The assistant, and what stands behind it."""

    assistant: Assistant
    database: Database
    handoffs: Handoffs
    data: PersonalData
    texts: Texts
    chats: Chats
    conversation: str | None = None

    async def say(self, text: str | None = None, *, press: str | None = None, sender: str | None = None) -> Reply:
        """Write a text or press a button; without a sender the page's conversation goes on."""
        channel = sender.partition(":")[0] if sender else "web"
        message = IncomingMessage(channel, text=text, button=press, sender=sender)
        reply = await self.assistant.reply(message, None if sender else self.conversation)
        if sender is None:
            self.conversation = reply.conversation
        return reply

    async def told(self, *said: str, sender: str | None = None) -> str:
        """Write several texts; a payload („human_handoff?topic=air”) is pressed. Return the last answer."""
        text = ""
        for each in said:
            is_payload = "?" in each and " " not in each
            reply = await self.say(*(() if is_payload else (each,)), press=each if is_payload else None, sender=sender)
            text = reply.answers[0].text
        return text


async def open_desk(database: Database, clock: FrozenClock, city: City, parser: FakeParser) -> Desk:
    """Return a desk; the tables of messages are made when the migrations have not made them."""
    tables = [row.metadata.tables[row.__tablename__] for row in (HandoffRow, HandoffStepRow)]
    async with database.engine.begin() as connection:
        await connection.run_sync(HandoffRow.metadata.create_all, tables=tables)
    texts, vault = Texts(city.folder), AddressVault(["encryption-" * 4], SECRET)
    handoffs = Handoffs(vault, clock, city.reference_prefix)
    redis = open_redis(None)
    person, subscriptions = OnePerson(vault, RateLimiter(redis), clock), Subscriptions(vault, clock)
    keepers = holders(SECRET, texts, subscriptions, handoffs, person)
    data = PersonalData(database, keepers, LinkedPeople(SECRET, person))
    kept = CurrentPeriods(retention(Settings(), database, clock))
    flows = (LeaveMessage(database, vault, texts, handoffs, kept), MyData(data, texts, kept))
    places = load_places(city.folder)
    understander = Understander(places, load_vocabulary({}), parser)
    chats = Chats()
    linking = Linking(database, person, subscriptions, texts, WAYS, {chats.name: chats})
    alerts = SubscriptionAnswers(database, vault, texts, clock, WAYS, places, linking=linking)
    answering = Answering(understander, Registry(texts), alerts, flows, HandoffStatus(database, texts, handoffs), clock)
    assistant = Assistant(database, answering, clock, SECRET, TalkMetrics())
    return Desk(assistant, database, handoffs, data, texts, chats)
