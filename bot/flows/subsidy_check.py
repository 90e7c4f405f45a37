"""The guided subsidy check as a talk: one question a turn, by button, number or word; nothing else is remembered."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.flows.commands import goes_back
from bot.flows.flow import FlowTurn, pressed_values
from bot.message import IncomingMessage, clean_text
from content.matching import Form, Matcher, split_words, without_overlaps
from content.question import Question
from content.texts import Texts
from content.topics.subsidies.check import GuidedCheck, Step
from content.topics.subsidies.check_texts import BACK, GO, INTENT, CheckTexts
from content.topics.subsidies.programmes import Programmes
from core.clock import Clock, warsaw
from core.text import fold

State = Mapping[str, Any]

# Whoever begins so asks something else, even when an answer's word follows: „ile kosztuje pompa ciepła”.
_QUESTION_WORDS = frozenset(
    {"ile", "jak", "jaki", "jaka", "jakie", "gdzie", "kiedy", "czy", "co", "kto", "dlaczego", "czemu", "skad"}
)
_NO = "nie"
_SHORTEST_WITH_TYPO = 6


class SubsidyCheck:
    """The flow; its state holds the chosen options by step, and which of them were asked for rather than assumed."""

    intent = INTENT

    def __init__(self, programmes: Programmes, texts: Texts, clock: Clock) -> None:
        self._check = GuidedCheck(programmes)
        self._texts = texts
        self._clock = clock
        self._matchers = {step.id: _matcher(step) for step in self._check.steps}

    async def start(self, question: Question, message: IncomingMessage) -> FlowTurn:
        """Begin with what the question or a button of an earlier check answers already."""
        chosen = dict(pair for pair in pressed_values(message, INTENT) if self._is_option(*pair))
        given = {**self._check.known_from(question.entities), **chosen}
        return self._ask(given, asked=(), first=True)

    async def go_on(self, state: State, question: Question, message: IncomingMessage) -> FlowTurn | None:  # noqa: ARG002
        """Take an answer to the waiting question, a correction of an earlier one, or a step back."""
        given, asked = dict(state["given"]), tuple(state["asked"])
        text = clean_text(message.text or "") if message.button is None else ""
        pressed = pressed_values(message, INTENT)
        if pressed == ((GO, BACK),) or goes_back(text):
            return self._back(given, asked)
        step = self._check.step(state["step"])
        if step is None:
            return self._ask({}, asked=())
        chosen = pressed[0] if pressed else (step.id, self._named(step, text))
        if chosen[1] is None or not self._is_option(chosen[0], chosen[1]):
            return None
        return self._take(given, asked, chosen[0], chosen[1])

    def _take(self, given: dict[str, str], asked: Sequence[str], step_id: str, option: str) -> FlowTurn:
        """Note an answer; one to an earlier question takes back those that came after it."""
        if step_id in asked:
            at = asked.index(step_id)
            given = {step: known for step, known in given.items() if step not in asked[at:]}
            asked = asked[:at]
        return self._ask({**given, step_id: option}, asked=(*asked, step_id))

    def _back(self, given: dict[str, str], asked: Sequence[str]) -> FlowTurn:
        """Ask the question before again; before the first one, forget what was assumed, else end."""
        if not asked:
            return self._ask({}, asked=()) if given else FlowTurn(self._texts["deny"].variant("flow_ended"))
        return self._ask({step: known for step, known in given.items() if step != asked[-1]}, asked=asked[:-1])

    def _ask(self, given: dict[str, str], asked: Sequence[str], *, first: bool = False) -> FlowTurn:
        day = warsaw(self._clock.now()).date()
        step = self._check.next_step(given, day)
        if step is None:
            return FlowTurn(self._say().result(given))
        answer = self._say().first_question(step, given) if first else self._say().question(step, back=bool(given))
        state = {"given": given, "asked": list(asked), "step": step.id}
        return FlowTurn(answer, state, self._texts[INTENT].say("expected"))

    def _named(self, step: Step, text: str) -> str | None:
        """Return the option that a text means: its number, or its words; None when that is not clear."""
        words = [word.text for word in split_words(text)]
        if not words or words[0] in _QUESTION_WORDS:
            return None
        if len(words) == 1 and words[0].isdecimal():
            number = int(words[0])
            return step.options[number - 1].id if 1 <= number <= len(step.options) else None
        hits = [hit for hit in without_overlaps(self._matchers[step.id].find(text)) if hit.key]
        if _NO in words:
            # „To nie jest dom” names no house; what a denial means stands in the words themselves.
            hits = [hit for hit in hits if _NO in fold(text[hit.start : hit.end]).split()]
        options = {hit.key for hit in hits}
        return options.pop() if len(options) == 1 else None

    def _is_option(self, step_id: str, option: str) -> bool:
        step = self._check.step(step_id)
        return step is not None and step.has(option)

    def _say(self) -> CheckTexts:
        return CheckTexts(self._check, self._texts, warsaw(self._clock.now()).date())


def _matcher(step: Step) -> Matcher[str]:
    return Matcher(
        [Form(words, option.id, _max_edits(words)) for option in step.options for words in option.words],
        not_typos=("mieszkam", "mieszka"),
    )


def _max_edits(words: str) -> int:
    return 1 if max(map(len, words.split())) >= _SHORTEST_WITH_TYPO else 0
