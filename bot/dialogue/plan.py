"""What is going to happen with a message: decided without asking anybody, then carried out by the assistant."""

from dataclasses import dataclass, replace

from bot.meaning.ladder import OUT_OF_SCOPE, Step
from content.answer import Answer, Button
from content.question import Question


@dataclass(frozen=True)
class Plan:
    """The step, the question as it is after context, and either what is said or None: then the topic answers.

    `press` is the payload of a button that the words stand for. `offered` and `spare` are what the conversation
    remembers (see Context); `lead` and `extra` are a line and buttons added to the topic's answer.
    """

    step: Step
    question: Question
    said: Answer | None = None
    press: str | None = None
    offered: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    extra: tuple[Button, ...] = ()
    lead: str = ""


def serve(step: Step, question: Question) -> Plan:
    """Return the plan to have a question answered by the topic of the step's intent."""
    decided = replace(step, decision="handoff" if step.intent == "human_handoff" else step.decision)
    return Plan(decided, replace(question, intent=step.intent))


def say(step: Step, answer: Answer, question: Question | None = None, spare: tuple[str, ...] = ()) -> Plan:
    """Return the plan to say something oneself; what the buttons offer can be named by its place in the list."""
    offers = tuple(button.payload for button in answer.buttons if button.payload != OUT_OF_SCOPE)
    asks = step.decision in {"confirm", "choose", "clarify"}
    return Plan(step, question or Question(step.intent), answer, offered=offers if asks else (), spare=spare)
