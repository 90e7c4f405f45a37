"""`hub messages …`: staff read the messages that residents left for the office, answer them and end them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from textwrap import indent

from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoffs.errors import HandoffError, MoveRefusedError, PartRefusedError, UnknownHandoffError
from bot.handoffs.handoff import Handoff
from bot.handoffs.reference import find_reference
from bot.handoffs.service import RESIDENT, Handoffs
from bot.handoffs.states import HandoffState
from content.format import polish_moment
from content.texts import Wording
from core.crypto import UnsealError
from core.database import Database
from core.errors import HubError
from core.settings import Settings
from hub.bootstrap import address_vault
from hub.staff import staff_desk
from nlu.report import Table, as_text

_INTENT = "human_handoff"
_CHANNELS = {"web": "strona", "telegram": "Telegram", "sms": "SMS"}
_NOBODY = "nikt"
_WAYS = {"none": "bez kontaktu", "here": "w tej rozmowie", "phone": "telefon", "email": "e-mail"}


@dataclass(frozen=True)
class _Office:
    """The messages of one city, and the words in which it names their states and topics."""

    database: Database
    handoffs: Handoffs
    wording: Wording

    def reference(self, number: str) -> str:
        """Return a number in its one form, however it was typed."""
        prefix = self.handoffs.prefix
        found = find_reference(prefix, number) or find_reference(prefix, f"{prefix}-{number.strip()}")
        if found is None:
            message = f"„{number}” nie jest numerem sprawy. Numery pokazuje polecenie: hub messages list"
            raise HubError(message)
        return found

    async def find(self, session: AsyncSession, reference: str) -> Handoff:
        """Return a message in clear.

        Raises:
            UnknownHandoffError: there is none of that number.
        """
        handoff = await self.handoffs.find(session, reference)
        if handoff is None:
            raise UnknownHandoffError(reference)
        return handoff

    def state(self, state: HandoffState) -> str:
        """Return a state in the city's words."""
        return self.wording.say(f"state_name_{state}")

    def topic(self, topic: str) -> str:
        """Return the title of a topic; one that the city no longer offers keeps its id."""
        return self.wording.more.get(f"topic_{topic}", topic)


async def list_messages(settings: Settings, state: str | None) -> None:
    """Print the messages in a state, or all that are not closed; what they say and whose they are is not printed."""
    states = [HandoffState(state)] if state else [each for each in HandoffState if each is not HandoffState.CLOSED]
    async with _office(settings) as office, office.database.read() as session:
        found = [handoff for each in states for handoff in await office.handoffs.listed(session, each)]
        rows = [
            (
                handoff.reference,
                office.state(handoff.state),
                polish_moment(handoff.created_at),
                office.topic(handoff.topic),
                _channel(handoff),
                _WAYS[handoff.reply_to],
                handoff.assignee or _NOBODY,
            )
            for handoff in found
        ]
    columns = ("numer", "stan", "przyjęta", "temat", "skąd", "jak odpowiedzieć", "prowadzi")
    print(as_text([Table(f"Sprawy: {len(rows)}", columns, rows)]) or "Nie ma takich spraw.")


async def show(settings: Settings, number: str) -> None:
    """Print one message in clear, with its contact and everything that was done about it."""
    async with _office(settings) as office, office.database.read() as session:
        handoff = await office.find(session, office.reference(number))
    print(f"Sprawa {handoff.reference}: {office.state(handoff.state)}")
    print(f"Temat: {office.topic(handoff.topic)}")
    print(f"Przyjęta: {polish_moment(handoff.created_at)} ({_channel(handoff)})")
    print(f"Prowadzi: {handoff.assignee or _NOBODY}")
    print(f"Jak odpowiedzieć: {_way(handoff)}")
    print(f"\n{handoff.text}\n")
    for step in handoff.steps:
        by = "mieszkaniec" if step.by == RESIDENT else step.by
        print(f"{polish_moment(step.at)}  {office.state(step.state)} ({by})")
        if step.text is not None:
            print(indent(step.text, "  "))


async def reply(settings: Settings, number: str, text: str, by: str) -> None:
    """Answer a message; whoever answers one that nobody has taken on takes it on."""
    async with _office(settings) as office:
        reference = office.reference(number)
        async with office.database.write() as session:
            if (await office.find(session, reference)).state is HandoffState.OPEN:
                await office.handoffs.assign(session, reference, to=by, by=by)
            await office.handoffs.reply(session, reference, text, by)
            handoff = await office.find(session, reference)
    print(f"Odpowiedź jest zapisana. Będzie widoczna w rozmowie mieszkańca, gdy poda on numer {reference}.")
    if handoff.reply_to in {"phone", "email"}:
        print(f"Jak odpowiedzieć: {_way(handoff)}. Program sam nie dzwoni i nie wysyła: proszę to zrobić.")


async def close(settings: Settings, number: str, by: str) -> None:
    """End a message."""
    async with _office(settings) as office:
        reference = office.reference(number)
        async with office.database.write() as session:
            await office.handoffs.close(session, reference, by)
    print(f"Sprawa {reference} jest zakończona. Zostanie usunięta po tylu dniach: {settings.handoff_days}.")


@asynccontextmanager
async def _office(settings: Settings) -> AsyncIterator[_Office]:
    """Open the messages of the city; what is refused is told in Polish."""
    async with staff_desk(settings) as desk:
        handoffs = Handoffs(address_vault(settings), desk.clock, desk.city.reference_prefix)
        try:
            yield _Office(desk.database, handoffs, desk.texts[_INTENT])
        except (HandoffError, UnsealError) as error:
            raise HubError(_refusal(error)) from error


def _refusal(error: HandoffError | UnsealError) -> str:
    match error:
        case UnknownHandoffError():
            return "Nie ma sprawy o tym numerze. Numery pokazuje polecenie: hub messages list"
        case MoveRefusedError():
            return "Ta sprawa jest już zakończona. Nie można jej zmienić."
        case PartRefusedError(part="reply", limit=limit):
            return f"Odpowiedź jest pusta albo dłuższa niż {limit} znaków."
        case PartRefusedError(limit=limit):
            return f"Nazwa po --by jest pusta albo dłuższa niż {limit} znaków."
        case UnsealError():
            return "Nie można odczytać treści: w ENCRYPTION_KEYS brakuje jej klucza albo zapis został zmieniony."
        case _:
            return str(error)


def _channel(handoff: Handoff) -> str:
    return _CHANNELS.get(handoff.channel, handoff.channel)


def _way(handoff: Handoff) -> str:
    """Return where to answer; an address inside a channel is told only where it is a phone number."""
    if handoff.reply_to in {"phone", "email"}:
        return f"{_WAYS[handoff.reply_to]} {handoff.contact}"
    if handoff.reply_to == "here":
        number = (handoff.contact or "").partition(":")[2] if handoff.channel == "sms" else ""
        return f"{_WAYS['here']} ({' '.join(filter(None, (_channel(handoff), number)))})"
    return _WAYS["none"]
