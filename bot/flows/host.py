"""Runs the flows: starts them, hands them the answers, ends them, and leads back to them after another question."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.dialogue.context import Waiting
from bot.flows.commands import CANCEL
from bot.flows.flow import Flow, FlowTurn
from bot.message import IncomingMessage
from content.answer import Answer, Button
from content.intents import all_intents
from content.question import Question
from content.texts import Texts, Wording

# After so many answers that were none, other questions are no longer held back.
_MISSES_BEFORE_LETTING_GO = 1


@dataclass(frozen=True)
class Hosted:
    """What is said in a flow, and the flow that waits after it, None when it is over."""

    intent: str
    answer: Answer
    waiting: Waiting | None


class FlowHost:
    """Keeps the flows by the intent that starts them."""

    def __init__(self, flows: Iterable[Flow], texts: Texts) -> None:
        self._flows = {flow.intent: flow for flow in flows}
        self._wording: Wording = texts["deny"]

    def owns(self, intent: str) -> bool:
        """Whether an intent starts a flow."""
        return intent in self._flows

    async def start(self, question: Question, message: IncomingMessage, waiting: Waiting | None) -> Hosted:
        """Start the flow of the question's intent; when it is running already, its question is repeated."""
        if waiting and waiting.intent == question.intent:
            return Hosted(waiting.intent, waiting.question, waiting)
        return self._hosted(question.intent, await self._flows[question.intent].start(question, message))

    async def go_on(self, waiting: Waiting, question: Question, message: IncomingMessage) -> Hosted | None:
        """Hand a message to the waiting flow; None when it is no answer to its question."""
        flow = self._flows.get(waiting.intent)
        turn = await flow.go_on(waiting.state, question, message) if flow else None
        return self._hosted(waiting.intent, turn) if turn else None

    def again(self, waiting: Waiting) -> Hosted | None:
        """Repeat the question and what answer it waits for; None for an offer, or once that has not helped."""
        if waiting.expected is None or waiting.misses >= _MISSES_BEFORE_LETTING_GO:
            return None
        hint = self._wording.say("flow_expected", expected=waiting.expected)
        answer = replace(waiting.question, text=f"{hint}\n{waiting.question.text}")
        return Hosted(waiting.intent, answer, replace(waiting, misses=waiting.misses + 1))

    def ended(self) -> Answer:
        """Return what is said when a resident ends a flow."""
        return self._wording.variant("flow_ended")

    def dropped(self) -> str:
        """Return the sentence that a flow was ended by a command for something else."""
        return self._wording.say("flow_dropped")

    def way_back(self, answer: Answer, waiting: Waiting) -> Answer:
        """Add to the answer to another question the way back to the flow that waits; to an offer there is none."""
        if waiting.expected is None:
            return answer
        listed = all_intents().get(waiting.intent)
        line = self._wording.say("flow_waits")
        title = self._wording.say("flow_go_on", title=listed.title if listed else "")
        button = Button(title, waiting.intent)
        others = tuple(button for button in answer.buttons if button.payload != waiting.intent)
        # The choices of a question stay right below it.
        text = f"{line}\n{answer.text}" if answer.text.endswith(":") else f"{answer.text}\n{line}"
        return replace(answer, text=text, buttons=(button, *others))

    def _hosted(self, intent: str, turn: FlowTurn) -> Hosted:
        if turn.state is None:
            return Hosted(intent, turn.answer, None)
        buttons = turn.answer.buttons
        if turn.expected and CANCEL not in {button.payload for button in buttons}:
            buttons = (*buttons, Button(self._wording.say("flow_cancel"), CANCEL))
        answer = replace(turn.answer, buttons=buttons)
        # What is private may be shown, not stored with the context.
        kept = replace(answer, text=self._wording.say("flow_private")) if answer.private else answer
        return Hosted(intent, answer, Waiting(intent, turn.state, kept, turn.expected))
