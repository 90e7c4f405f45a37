"""One's own data: what is kept and for how long, shown on request, erased after a second question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.flows.commands import CONFIRMED, confirmation
from bot.flows.flow import FlowTurn, pressed_values
from bot.message import IncomingMessage, clean_text
from bot.personal_data.person import Person
from bot.personal_data.service import PersonalData
from content.answer import Answer, Button
from content.question import Question, to_payload
from content.texts import Texts, intent_button
from core.text import fold

_DO, _SHOW, _ERASE = "do", "show", "erase"
_MENU, _LAST_QUESTION = "menu", "erase"
_SHOW_WORDS = frozenset({"pokaz", "pokaz moje dane", "pokaz dane", "zobacz"})
_ERASE_WORDS = frozenset({"usun", "usun moje dane", "usun dane", "skasuj", "skasuj moje dane"})
_YES = _ERASE_WORDS | {"tak"}
_NO = frozenset({"nie", "zostaw", "nie usuwaj"})


@dataclass(frozen=True)
class Retention:
    """For how many days things are kept, as the settings say."""

    conversation_days: int
    handoff_days: int


class MyData:
    """The flow; it only ever touches what belongs to the sender, or to this one conversation."""

    intent = "privacy_data"

    def __init__(self, data: PersonalData, texts: Texts, retention: Retention) -> None:
        self._data = data
        self._wording = texts[self.intent]
        self._retention = retention

    async def start(self, question: Question, message: IncomingMessage) -> FlowTurn:  # noqa: ARG002
        """Say what is kept and offer to show and to erase it; a button may ask for one of them at once."""
        match self._pressed(message).get(_DO):
            case "show":
                return await self._show(message)
            case "erase":
                return self._ask_erase()
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
            if said in _NO or pressed.get(CONFIRMED) == "no":
                return self._end(self._wording.say("kept_all"))
        if pressed.get(_DO) == _SHOW or said in _SHOW_WORDS:
            return await self._show(message)
        return self._ask_erase() if pressed.get(_DO) == _ERASE or said in _ERASE_WORDS else None

    def _menu(self) -> FlowTurn:
        days = self._wording.say(
            "kept_days", days=self._retention.conversation_days, handoff_days=self._retention.handoff_days
        )
        answer = Answer(f"{self._wording.text}\n{days}", buttons=(self._button(_SHOW), self._button(_ERASE)))
        return FlowTurn(answer, {"step": _MENU}, self._wording.say("expect_choice"))

    async def _show(self, message: IncomingMessage) -> FlowTurn:
        kept = await self._data.export(Person.of(message))
        lines = [self._wording.say(f"kept_{part.name}", **part.fields) for part in kept]
        lines = [self._wording.say("shown"), *lines] if kept else [self._wording.say("nothing")]
        if message.sender is None:
            lines.append(self._wording.say("only_conversation"))
        answer = Answer("\n".join(lines), buttons=(self._button(_ERASE),), private=True)
        return FlowTurn(answer, {"step": _MENU}, self._wording.say("expect_choice"))

    def _ask_erase(self) -> FlowTurn:
        buttons = (
            Button(self._wording.say("confirm_button"), confirmation(self.intent)),
            Button(self._wording.say("decline_button"), to_payload(self.intent, **{CONFIRMED: "no"})),
        )
        answer = Answer(self._wording.say("ask_erase"), buttons=buttons)
        return FlowTurn(answer, {"step": _LAST_QUESTION}, self._wording.say("expect_erase"))

    async def _erase(self, message: IncomingMessage) -> FlowTurn:
        proof_stays = await self._data.erase(Person.of(message))
        return self._end(self._wording.say("erased_proof" if proof_stays else "erased"))

    def _button(self, what: str) -> Button:
        return Button(self._wording.say(f"{what}_button"), to_payload(self.intent, **{_DO: what}))

    def _end(self, text: str) -> FlowTurn:
        return FlowTurn(Answer(text, buttons=tuple(intent_button(each) for each in self._wording.data.buttons)))

    def _pressed(self, message: IncomingMessage) -> dict[str, str]:
        return dict(pressed_values(message, self.intent))
