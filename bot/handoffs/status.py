"""What has become of a message, told to whoever gives its number; the reply itself only to whoever wrote it."""

from bot.handoffs.handoff import Handoff
from bot.handoffs.reference import find_reference
from bot.handoffs.service import Handoffs
from bot.handoffs.states import HandoffState
from bot.message import IncomingMessage
from bot.personal_data.person import Person
from content.answer import Answer
from content.format import polish_date
from content.texts import Texts
from core.clock import warsaw
from core.database import Database


class HandoffStatus:
    """Answers messages that name the number of a message left for the office; needs no model."""

    intent = "human_handoff"

    def __init__(self, database: Database, texts: Texts, handoffs: Handoffs) -> None:
        self._database = database
        self._wording = texts[self.intent]
        self._handoffs = handoffs

    async def answer(self, message: IncomingMessage) -> Answer | None:
        """Say how far the office has come with the message named in a text; None when the text names none."""
        reference = find_reference(self._handoffs.prefix, message.text or "")
        if reference is None:
            return None
        async with self._database.read() as session:
            handoff = await self._handoffs.find(session, reference)
            is_owner = await self._handoffs.is_owner(session, reference, Person.of(message).owner)
        buttons = self._wording.answer().buttons
        if handoff is None:
            return Answer(self._wording.say("state_unknown", reference=reference), buttons=buttons)
        lines = [self._state(handoff), *self._reply(handoff, is_owner=is_owner)]
        return Answer("\n".join(lines), buttons=buttons, private=is_owner and handoff.last_reply is not None)

    def _state(self, handoff: Handoff) -> str:
        at = handoff.created_at if handoff.state is HandoffState.OPEN else handoff.changed_at
        day = polish_date(warsaw(at).date())
        return self._wording.say(f"state_{handoff.state}", reference=handoff.reference, day=day)

    def _reply(self, handoff: Handoff, *, is_owner: bool) -> list[str]:
        if handoff.last_reply is None:
            return []
        if not is_owner:
            return [self._wording.say("answered_elsewhere")]
        return [self._wording.say("answered", text=handoff.last_reply)]
