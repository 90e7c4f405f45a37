"""`hub messages …`: staff read the messages that residents left for the office, answer them and end them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from textwrap import indent

from api.panel.words import CHANNELS
from bot.handoffs.errors import HandoffError, MoveRefusedError, PartRefusedError, UnknownHandoffError
from bot.handoffs.handoff import Handoff
from bot.handoffs.inbox import Inbox
from bot.handoffs.letters.reach import Reach
from bot.handoffs.reference import find_reference
from bot.handoffs.service import Handoffs
from bot.handoffs.states import HandoffState
from content.format import after_days, polish_moment
from content.texts import Wording
from core.clock import SystemClock
from core.crypto import UnsealError
from core.database import Database
from core.errors import HubError
from core.settings import Settings
from core.staff.actor import CONSOLE, Actor
from core.staff.permissions import Permission
from hub.bootstrap import address_vault
from hub.commands.base import command_base, named
from hub.retention import retention
from nlu.judging.report import Table, as_text

_INTENT = "human_handoff"
_NOBODY = "nikt"
_READER = Actor(CONSOLE.name, frozenset({Permission.READ_HANDOFFS}))
_REACHES: Mapping[Reach, str] = {
    Reach.LETTER: "Zostanie wysłana do mieszkańca, gdy działa proces wysyłający.",
    Reach.STOPPED: "Mieszkaniec wysłał STOP: zobaczy ją dopiero wtedy, gdy poda numer {reference}.",
    Reach.CONVERSATION: "Będzie widoczna w rozmowie mieszkańca, także gdy poda on numer {reference}.",
    Reach.STAFF: "Jak odpowiedzieć: {way}. Program sam nie dzwoni i nie pisze e-maili: proszę to zrobić.",
    Reach.NUMBER: "Będzie widoczna w rozmowie mieszkańca, gdy poda on numer {reference}.",
}
_WAYS = {"none": "bez kontaktu", "here": "w tej rozmowie", "phone": "telefon", "email": "e-mail"}


@dataclass(frozen=True)
class _Office:
    """The messages of one city, and the words in which it names their states and topics."""

    database: Database
    handoffs: Handoffs
    inbox: Inbox
    wording: Wording

    def reference(self, number: str) -> str:
        """Return a number in its one form, however it was typed."""
        prefix = self.handoffs.prefix
        found = find_reference(prefix, number) or find_reference(prefix, f"{prefix}-{number.strip()}")
        if found is None:
            message = f"„{number}” nie jest numerem sprawy. Numery pokazuje polecenie: hub messages list"
            raise HubError(message)
        return found

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
    async with _office(settings) as office:
        handoff = await office.inbox.open(_READER, office.reference(number))
    print(f"Sprawa {handoff.reference}: {office.state(handoff.state)}")
    print(f"Temat: {office.topic(handoff.topic)}")
    print(f"Przyjęta: {polish_moment(handoff.created_at)} ({_channel(handoff)})")
    print(f"Prowadzi: {handoff.assignee or _NOBODY}")
    print(f"Jak odpowiedzieć: {_way(handoff)}")
    print(f"\n{handoff.text}\n")
    for step in handoff.steps:
        by = "mieszkaniec" if step.is_of_resident else step.by
        print(f"{polish_moment(step.at)}  {office.state(step.state)} ({by})")
        if step.text is not None:
            print(indent(step.text, "  "))


async def reply(settings: Settings, number: str, text: str, by: str) -> None:
    """Answer a message; whoever answers one that nobody has taken on takes it on."""
    async with _office(settings) as office:
        reference, worker = office.reference(number), _worker(by)
        await office.inbox.reply(worker, reference, text)
        handoff = await office.inbox.open(worker, reference)
    print("Odpowiedź jest zapisana.", _REACHES[handoff.reach].format(reference=reference, way=_way(handoff)))


async def close(settings: Settings, number: str, by: str) -> None:
    """End a message."""
    async with _office(settings) as office:
        reference = office.reference(number)
        await office.inbox.close(_worker(by), reference)
        days = await retention(settings, office.database, SystemClock()).days("handoffs")
    print(f"Sprawa {reference} jest zakończona. Zostanie usunięta po {after_days(days)}.")


@asynccontextmanager
async def _office(settings: Settings) -> AsyncIterator[_Office]:
    """Open the messages of the city; what is refused is told in Polish."""
    async with command_base(settings) as desk:
        handoffs = Handoffs(address_vault(settings), desk.clock, desk.city.reference_prefix)
        inbox = Inbox(desk.database, handoffs, desk.clock)
        try:
            yield _Office(desk.database, handoffs, inbox, desk.texts[_INTENT])
        except (HandoffError, UnsealError) as error:
            raise HubError(_refusal(error)) from error


def _worker(name: str) -> Actor:
    return named(name, Permission.READ_HANDOFFS, Permission.ANSWER_HANDOFFS)


def _refusal(error: HandoffError | UnsealError) -> str:
    match error:
        case UnknownHandoffError():
            return "Nie ma sprawy o tym numerze. Numery pokazuje polecenie: hub messages list"
        case MoveRefusedError():
            return "Ta sprawa jest już zakończona. Nie można jej zmienić."
        case PartRefusedError(limit=limit):
            return f"Odpowiedź jest pusta albo dłuższa niż {limit} znaków."
        case UnsealError():
            return "Nie można odczytać treści: w ENCRYPTION_KEYS brakuje jej klucza albo zapis został zmieniony."
        case _:
            return str(error)


def _channel(handoff: Handoff) -> str:
    return CHANNELS.get(handoff.channel, handoff.channel)


def _way(handoff: Handoff) -> str:
    """Return where to answer; an address inside a channel is told only where it is a phone number."""
    if handoff.reply_to in {"phone", "email"}:
        return f"{_WAYS[handoff.reply_to]} {handoff.contact}"
    if handoff.reply_to == "here":
        number = (handoff.contact or "").partition(":")[2] if handoff.channel == "sms" else ""
        return f"{_WAYS['here']} ({' '.join(filter(None, (_channel(handoff), number)))})"
    return _WAYS["none"]
