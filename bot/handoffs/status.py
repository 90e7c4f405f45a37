"""What has become of a message, told to whoever gives its number; whoever wrote it can add to it in the same way."""

from bot.handoffs.errors import MoveRefusedError, TooManyAdditionsError
from bot.handoffs.handoff import Handoff
from bot.handoffs.reference import find_reference, text_after
from bot.handoffs.service import MAX_ADDITIONS, Handoffs
from bot.handoffs.states import HandoffState
from bot.message import IncomingMessage, clean_text
from bot.personal_data.person import Person
from content.answer import Answer, Button
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
        """Say how far the office has come with the message named in a text; None when the text names none.

        What its sender writes behind the number, or in answer to a message of ours that names it, is added to it.
        """
        text, prefix = clean_text(message.text or ""), self._handoffs.prefix
        named, quoted = find_reference(prefix, text), find_reference(prefix, message.quoted or "")
        reference = named or quoted
        if reference is None:
            return None
        owner = Person.of(message).owner
        async with self._database.read() as session:
            handoff = await self._handoffs.find(session, reference)
            is_owner = await self._handoffs.is_owner(session, reference, owner)
        if named is None and not is_owner:
            return None
        if handoff is None:
            return self._said("state_unknown", reference=reference)
        added = (text_after(reference, text) if named else text) if is_owner else None
        if added:
            return await self._add(reference, added)
        lines = [self._state(handoff), *self._reply(handoff, is_owner=is_owner)]
        return Answer("\n".join(lines), buttons=self._buttons, private=is_owner and handoff.last_reply is not None)

    async def _add(self, reference: str, text: str) -> Answer:
        try:
            async with self._database.write() as session:
                await self._handoffs.add(session, reference, text)
        except MoveRefusedError:
            return self._said("add_closed", reference=reference)
        except TooManyAdditionsError:
            return self._said("add_too_many", reference=reference, limit=MAX_ADDITIONS)
        # What is written to the office stands in the message only, not in the conversation that others may read.
        return Answer(self._wording.say("added", reference=reference), private=True)

    def _said(self, name: str, **fields: object) -> Answer:
        return Answer(self._wording.say(name, **fields), buttons=self._buttons)

    @property
    def _buttons(self) -> tuple[Button, ...]:
        return self._wording.answer().buttons

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
