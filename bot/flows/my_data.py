"""One's own data: what is kept and for how long, shown on request, erased after a second question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.flows.commands import CONFIRMED, confirmation, goes_back
from bot.flows.flow import FlowTurn, pressed_values
from bot.message import IncomingMessage, clean_text
from bot.personal_data.person import Person
from bot.personal_data.service import Kept, PersonalData
from content.answer import Answer, Button
from content.format import after_days
from content.question import Question, to_payload
from content.texts import Texts
from core.retention.current import KeptDays
from core.text import fold

_DO, _SHOW, _ERASE = "do", "show", "erase"
_MENU, _LAST_QUESTION = "menu", "erase"
_SHOW_WORDS = frozenset({"pokaz", "pokaz moje dane", "pokaz dane", "zobacz"})
_ERASE_WORDS = frozenset({"usun", "usun moje dane", "usun dane", "skasuj", "skasuj moje dane"})
_YES = _ERASE_WORDS | {"tak"}
_NO = frozenset({"nie", "zostaw", "nie usuwaj"})


class MyData:
    """The flow; it only ever touches what belongs to the sender, or to this one conversation."""

    intent = "privacy_data"

    def __init__(self, data: PersonalData, texts: Texts, kept: KeptDays) -> None:
        self._data = data
        self._wording = texts[self.intent]
        self._kept_days = kept

    async def start(self, question: Question, message: IncomingMessage) -> FlowTurn:  # noqa: ARG002
        """Say what is kept and offer to show and to erase it; a button may ask for one of them at once."""
        match self._pressed(message).get(_DO):
            case "show":
                return await self._show(message)
            case "erase":
                return await self._ask_erase(message)
            case _:
                return self._menu()

    async def go_on(
        self,
        state: Mapping[str, Any],
        question: Question,  # noqa: ARG002
        message: IncomingMessage,
    ) -> FlowTurn | None:
        """Show, ask, or erase; None for anything else."""
        pressed = self._pressed(message)
        said = fold(clean_text(message.text or "")).strip(" .!")
        if state["step"] == _LAST_QUESTION:
            if pressed.get(CONFIRMED) == "yes" or said in _YES:
                return await self._erase(message)
            if said in _NO or goes_back(said) or pressed.get(CONFIRMED) == "no":
                return self._end(self._wording.say("kept_all"))
        if pressed.get(_DO) == _SHOW or said in _SHOW_WORDS:
            return await self._show(message)
        return await self._ask_erase(message) if pressed.get(_DO) == _ERASE or said in _ERASE_WORDS else None

    def _menu(self) -> FlowTurn:
        kept = self._kept_days
        days = self._wording.say(
            "kept_days", days=after_days(kept.conversation_days), handoff_days=after_days(kept.handoff_days)
        )
        answer = Answer(f"{self._wording.text}\n{days}", buttons=(self._button(_SHOW), self._button(_ERASE)))
        return FlowTurn(answer, {"step": _MENU})

    async def _show(self, message: IncomingMessage) -> FlowTurn:
        kept = await self._data.export(Person.of(message))
        lines = self._lines(kept, elsewhere=False)
        lines = [self._wording.say("shown"), *lines] if kept else [self._wording.say("nothing")]
        if there := self._lines(kept, elsewhere=True):
            lines += [self._wording.say("shown_linked"), *there]
        if message.sender is None:
            lines.append(self._wording.say("only_conversation"))
        answer = Answer("\n".join(lines), buttons=(self._button(_ERASE),), private=True)
        return FlowTurn(answer, {"step": _MENU})

    def _lines(self, kept: Sequence[Kept], *, elsewhere: bool) -> list[str]:
        """Return what is kept here, or under the linked address; that it is linked is said once."""
        parts = [part for part in kept if part.elsewhere is elsewhere]
        parts = [part for part in parts if not (elsewhere and part.name.startswith("link_"))]
        return [self._wording.say(f"kept_{part.name}", **part.fields) for part in parts]

    async def _ask_erase(self, message: IncomingMessage) -> FlowTurn:
        buttons = (
            Button(self._wording.say("confirm_button"), confirmation(self.intent)),
            Button(self._wording.say("decline_button"), to_payload(self.intent, **{CONFIRMED: "no"})),
        )
        is_linked = await self._data.is_linked(Person.of(message))
        asked = self._wording.say("ask_erase")
        answer = Answer(f"{self._wording.say('linked_too')}\n{asked}" if is_linked else asked, buttons=buttons)
        return FlowTurn(answer, {"step": _LAST_QUESTION}, self._wording.say("expect_erase"))

    async def _erase(self, message: IncomingMessage) -> FlowTurn:
        proof_stays = await self._data.erase(Person.of(message))
        said = self._end(self._wording.say("erased_proof" if proof_stays else "erased"))
        return replace(said, answer=replace(said.answer, begins_anew=True))

    def _button(self, what: str) -> Button:
        return Button(self._wording.say(f"{what}_button"), to_payload(self.intent, **{_DO: what}))

    def _end(self, text: str) -> FlowTurn:
        return FlowTurn(Answer(text, buttons=self._wording.answer().buttons))

    def _pressed(self, message: IncomingMessage) -> dict[str, str]:
        return dict(pressed_values(message, self.intent))
