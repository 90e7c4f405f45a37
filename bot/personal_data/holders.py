"""Those who keep something of a person: conversations, SMS answers, subscriptions, deliveries, messages left."""

from contextlib import suppress
from datetime import datetime
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import repository as conversations
from bot.handoffs.service import Handoffs
from bot.personal_data.linked import LinkHolder
from bot.personal_data.person import Person
from bot.personal_data.service import Holder, Kept
from bot.sms import repository as sms
from content.format import polish_date, polish_moment
from content.intents import all_intents
from content.question import from_payload
from content.texts import Texts
from core.clock import warsaw
from core.secrets import keyed_digest
from notifier.deliveries import repository as deliveries
from notifier.subscriptions.addresses import AddressRefusedError
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.one_person import OnePerson
from notifier.subscriptions.repository import consents
from notifier.subscriptions.service import Subscriptions

_SHOWN_QUESTIONS = 20
_QUESTION_CHARACTERS = 100


def holders(
    secret_key: str, texts: Texts, subscriptions: Subscriptions, handoffs: Handoffs, one_person: OnePerson
) -> tuple[Holder, ...]:
    """Return every part of the product that keeps something of a person; `secret_key` is the one of the assistant.

    The conversation, whose sentences are listed, comes last: an SMS would hold nothing else.
    """
    return (
        _Alerts(subscriptions, texts),
        _Deliveries(subscriptions),
        _MessagesLeft(handoffs, texts),
        LinkHolder(one_person),
        _SmsAnswers(secret_key),
        _Conversation(secret_key, texts),
    )


class _Conversation:
    """The transcript, masked when it was stored, and with it the context."""

    def __init__(self, secret_key: str, texts: Texts) -> None:
        self._secret_key = secret_key
        self._wording = texts["privacy_data"]

    async def export(self, session: AsyncSession, person: Person) -> Kept | None:
        turns = list(await conversations.transcript(session, self._digest(person)))
        if not turns:
            return None
        newest = islice(reversed(turns), _SHOWN_QUESTIONS)
        questions = [
            self._wording.say("kept_question", moment=polish_moment(turn.at), asked=_in_words(turn.asked))
            for turn in newest
        ]
        fields = {"since": _day(turns[0].at), "count": str(len(turns)), "questions": "\n".join(questions)}
        return Kept("conversation", fields)

    async def erase(self, session: AsyncSession, person: Person) -> bool:
        await conversations.forget(session, self._digest(person))
        return False

    def _digest(self, person: Person) -> str:
        return keyed_digest(self._secret_key, person.conversation)


class _SmsAnswers:
    """Answers by SMS, kept for a day for the case that a question is delivered again."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key

    async def export(self, session: AsyncSession, person: Person) -> Kept | None:
        rows = await sms.answered(session, self._digest(person)) if person.sender else ()
        return Kept("sms", {"count": str(len(rows))}) if rows else None

    async def erase(self, session: AsyncSession, person: Person) -> bool:
        if person.sender:
            await sms.forget(session, self._digest(person))
        return False

    def _digest(self, person: Person) -> str:
        return keyed_digest(self._secret_key, person.sender or "")


class _Alerts:
    """What the person signed up for, and every consent given or withdrawn; the proof outlives the address."""

    def __init__(self, subscriptions: Subscriptions, texts: Texts) -> None:
        self._subscriptions = subscriptions
        self._wording = texts["privacy_data"]
        self._names = texts["alerts_manage"]

    async def export(self, session: AsyncSession, person: Person) -> Kept | None:
        contact = await _contact(self._subscriptions, session, person)
        if contact is None:
            return None
        running = await self._subscriptions.running(session, *person.address)
        log = await consents(session, contact.id)
        topics = ", ".join(self._names.say(f"topic_{entry.topic}") for entry in running)
        fields = {"topics": topics or self._wording.say("no_topics"), "consents": str(len(log))}
        return Kept("subscriptions", fields)

    async def erase(self, session: AsyncSession, person: Person) -> bool:
        if not person.sender:
            return False
        # An address that is refused was never stored.
        with suppress(AddressRefusedError):
            return await self._subscriptions.erase(session, *person.address)
        return False


class _Deliveries:
    """What was sent to the person; rows without any address, deleted with the proof of consent."""

    def __init__(self, subscriptions: Subscriptions) -> None:
        self._subscriptions = subscriptions

    async def export(self, session: AsyncSession, person: Person) -> Kept | None:
        contact = await _contact(self._subscriptions, session, person)
        rows = await deliveries.of_contact(session, contact.id) if contact else ()
        ended = [row.finished_at for row in rows if row.finished_at]
        if not ended:
            return None
        return Kept("deliveries", {"count": str(len(ended)), "last": _day(max(ended))})

    async def erase(self, session: AsyncSession, person: Person) -> bool:  # noqa: ARG002
        return False


class _MessagesLeft:
    """Messages left for the office, with contact and replies."""

    def __init__(self, handoffs: Handoffs, texts: Texts) -> None:
        self._handoffs = handoffs
        self._wording = texts["privacy_data"]
        self._states = texts["human_handoff"]

    async def export(self, session: AsyncSession, person: Person) -> Kept | None:
        left = await self._handoffs.of_owner(session, person.owner)
        if not left:
            return None
        named = [
            self._wording.say(
                "message", reference=handoff.reference, state=self._states.say(f"state_name_{handoff.state}")
            )
            for handoff in left
        ]
        return Kept("messages", {"messages": ", ".join(named)})

    async def erase(self, session: AsyncSession, person: Person) -> bool:
        await self._handoffs.erase(session, person.owner)
        return False


async def _contact(subscriptions: Subscriptions, session: AsyncSession, person: Person) -> ContactRow | None:
    if not person.sender:
        return None
    with suppress(AddressRefusedError):
        return await subscriptions.contact(session, *person.address)
    return None


def _in_words(asked: str) -> str:
    """Return what a resident wrote, or the title of what was pressed."""
    intent = from_payload(asked.strip("[]"))[0] if asked.startswith("[") else ""
    known = all_intents().get(intent)
    return f"[{known.title}]" if known else asked[:_QUESTION_CHARACTERS]


def _day(moment: datetime) -> str:
    return polish_date(warsaw(moment).date())
