"""What a flow is: an answer that takes several turns, such as the guided subsidy check or a message for the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.message import IncomingMessage
from content.answer import Answer
from content.question import Question, from_payload


@dataclass(frozen=True)
class FlowTurn:
    """What a flow says, and what it remembers until the next turn (JSON values; None: the flow is over).

    `expected` is a sentence on what kind of answer is waited for („Proszę podać liczbę osób, na przykład 3.”); it is
    said when a resident answers something else; without it the flow only makes an offer, to which nobody is led back.
    The button that ends a flow that waits is added by the host.
    """

    answer: Answer
    state: Mapping[str, Any] | None = None
    expected: str | None = None


class Flow(Protocol):
    """One multi-turn answer; `intent` starts it and owns the payloads of its buttons (`intent?step=value`)."""

    intent: str

    async def start(self, question: Question, message: IncomingMessage) -> FlowTurn:
        """Begin; the question's entities may answer some steps already."""
        ...

    async def go_on(self, state: Mapping[str, Any], question: Question, message: IncomingMessage) -> FlowTurn | None:
        """Take the answer to the step that waits: a pressed button (`message.button`) or a text with its entities.

        Returns None when the text is no answer to that step, so that it is understood as any other message.
        """
        ...


def pressed_values(message: IncomingMessage, intent: str) -> tuple[tuple[str, str], ...]:
    """Return the (name, value) pairs of the pressed button of `intent`; none without a button or for another's."""
    owner, pairs = from_payload(message.button or "")
    return pairs if owner == intent else ()
