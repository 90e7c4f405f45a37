"""What comes to a conversation without being asked for: the office's replies to the messages left in it."""

from dataclasses import dataclass

from bot.handoffs.handoff import HandoffReply
from bot.handoffs.service import Handoffs
from bot.handoffs.states import HandoffState
from bot.personal_data.person import Person
from content.answer import Answer
from content.format import polish_date
from content.texts import Texts
from core.clock import warsaw
from core.database import Database


@dataclass(frozen=True)
class LiveReply:
    """A reply as the conversation shows it; a later one has a higher number."""

    number: int
    answer: Answer


class LiveReplies:
    """Looks for replies; cheap to ask whether there is any new one at all."""

    def __init__(self, database: Database, handoffs: Handoffs, texts: Texts) -> None:
        self._database = database
        self._handoffs = handoffs
        self._wording = texts["human_handoff"]

    async def newest(self) -> int:
        """Return a number that changes whenever there may be a new reply to anybody."""
        async with self._database.read() as session:
            return await self._handoffs.newest(session)

    async def after(self, conversation: str, number: int) -> tuple[LiveReply, ...]:
        """Return the replies to messages of a conversation with a higher number, oldest first."""
        async with self._database.read() as session:
            found = await self._handoffs.replies(session, Person(conversation).owner, number)
        return tuple(LiveReply(reply.number, self._answer(reply)) for reply in found)

    def _answer(self, reply: HandoffReply) -> Answer:
        day = polish_date(warsaw(reply.at).date())
        state = self._wording.say(f"state_{HandoffState.ANSWERED}", reference=reply.reference, day=day)
        return Answer(f"{state}\n{self._wording.say('answered', text=reply.text)}", private=True)
