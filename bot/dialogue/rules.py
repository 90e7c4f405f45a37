"""Decides what a message means inside its conversation; asks neither the model nor a topic."""

from dataclasses import replace
from datetime import datetime

from bot.dialogue.context import Context
from bot.dialogue.memory import filled_in, followed_up, returned, with_memory
from bot.dialogue.plan import Plan, say, serve
from bot.flows.commands import is_confirmation
from bot.meaning.fragments import chosen, is_no, is_yes, objects
from bot.meaning.ladder import INFORM, OUT_OF_SCOPE, Step, fallback, settled, spare_offers
from bot.meaning.languages import foreign
from bot.meaning.understood import Understanding
from bot.meaning.unusual import Remark
from bot.relevance import topic_of
from bot.wording import Wordings
from content.question import Question
from content.texts import Texts

_AFFIRM, _DENY = "affirm", "deny"


class Dialogue:
    """The rules of the talk, in the order in which they are asked."""

    def __init__(self, texts: Texts) -> None:
        self._wordings = Wordings(texts)

    def plan(self, text: str, understood: Understanding, context: Context, now: datetime) -> Plan:
        """Return what to do with a text; `now` is the present moment (aware)."""
        if understood.step.intent == "emergency" and understood.is_answered:
            return self._danger(text, understood)
        understood = _within_topic(understood, context)
        return (
            self._reply_to_offer(text, understood, context)
            or self._unusual(understood)
            or returned(text, understood, context, now)
            or followed_up(text, understood, context, self._wordings)
            or filled_in(text, understood, context, now, self._wordings)
            or self._unsure(understood)
            or with_memory(text, understood, context, self._wordings)
        )

    def declined(self, key: str) -> Plan:
        """Return what is said to a message that nothing can be done with: `empty`, `too_long` or `stale_button`."""
        return say(fallback(), self._wordings.fallback(key))

    def _danger(self, text: str, understood: Understanding) -> Plan:
        plan = serve(understood.step, Question("", understood.entities))
        other = foreign(text)
        return replace(plan, lead=self._wordings.abroad_in_danger(other)) if other else plan

    def _reply_to_offer(self, text: str, understood: Understanding, context: Context) -> Plan | None:
        """Take „tak”, „nie” and „to drugie” for what was just offered."""
        if payload := chosen(text, context.offered):
            return Plan(understood.step, Question(OUT_OF_SCOPE), press=payload)
        if any(entity.name != "period" for entity in understood.entities):
            return None
        sure_of = understood.step.intent if understood.is_answered else None
        if is_yes(text) or sure_of == _AFFIRM:
            return self._agreed(context)
        if objects(text):
            return self._denied(context, was_asked=bool(context.asked or context.offered))
        if not is_no(text) and sure_of != _DENY:
            return None
        return self._denied(context, was_asked=any(not is_confirmation(payload) for payload in context.offered))

    def _agreed(self, context: Context) -> Plan:
        step = Step(_AFFIRM, 1.0, "answered")
        if len(context.offered) == 1:
            return Plan(step, Question(_AFFIRM), press=context.offered[0])
        if context.offered:
            return say(Step(INFORM, 1.0, "clarify"), self._wordings.which_one(context.offered))
        return serve(step, Question(""))

    def _denied(self, context: Context, *, was_asked: bool) -> Plan:
        """Offer the next best after a no to what was offered or answered; when nothing is left, ask for other words."""
        step = Step(_DENY, 1.0, "answered")
        if not was_asked:
            return serve(step, Question(""))
        if not context.spare:
            return say(step, self._wordings.rephrase())
        offer = Step(context.spare[0], 0.0, "confirm" if len(context.spare) == 1 else "choose", context.spare)
        return say(offer, self._wordings.offer(offer, (), "instead"))

    def _unusual(self, understood: Understanding) -> Plan | None:
        if understood.foreign:
            answer = self._wordings.abroad(understood.foreign, understood.entities)
            return say(understood.step, answer, Question(understood.step.intent, understood.entities))
        if understood.remark and understood.remark is not Remark.QUESTION_WORD:
            answer = self._wordings.remark(understood.remark, understood.entities)
            return say(understood.step, answer, Question(OUT_OF_SCOPE, understood.entities))
        return None

    def _unsure(self, understood: Understanding) -> Plan | None:
        """Ask back, or say honestly that the message was not understood."""
        step, question = understood.step, Question(understood.step.intent, understood.entities)
        if not understood.model_answered:
            return say(step, self._wordings.fallback("model_away"), question)
        if step.decision in {"confirm", "choose"}:
            spare = spare_offers(understood.ranking, step)
            return say(step, self._wordings.offer(step, understood.entities), question, spare)
        if step.decision == "clarify":
            return say(step, self._wordings.clarify(understood.entities), question)
        return None


def _within_topic(understood: Understanding, context: Context) -> Understanding:
    """Take an unsure first guess for sure when it stays with the topic of the question before."""
    if not context.last or not understood.ranking:
        return understood
    stays = topic_of(understood.ranking[0][0]) == topic_of(context.last.intent)
    return replace(understood, step=settled(understood.step, understood.ranking)) if stays else understood
