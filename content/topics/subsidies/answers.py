"""Answers about grants for heating: the asked thing first, each fact with its date, and where to confirm it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from content.answer import Answer
from content.question import Answerer, Question, to_payload
from content.texts import Texts, intent_button
from content.topics.subsidies.details import DETAILS, details
from content.topics.subsidies.facts import About
from content.topics.subsidies.heat_sources import HeatSourceAnswers
from content.topics.subsidies.phrases import OVERVIEW, Entry, Phrases, programme_button, sources_of
from content.topics.subsidies.programmes import Programme, Programmes
from content.topics.subsidies.scope import Scope, scope_of, wanted_heat_sources
from core.clock import Clock, warsaw

# Questions whose answer is another one when the wanted heating gets no grant, or none that is known.
_DEPEND_ON_HEATING = ("subsidy_amount", "subsidy_eligibility", "subsidy_apply")


def answers(programmes: Programmes, texts: Texts, clock: Clock) -> dict[str, Answerer]:
    """Return the answers of the topic by intent; the texts answer the rest."""
    topic = SubsidyAnswers(programmes, texts, clock)
    return {
        OVERVIEW: topic.overview,
        **dict.fromkeys(DETAILS, topic.details),
        "subsidy_status": topic.status,
        "subsidy_heat_source": topic.heat_source,
        "solar_energy": topic.solar,
    }


class SubsidyAnswers:
    """What is said about programmes."""

    def __init__(self, programmes: Programmes, texts: Texts, clock: Clock) -> None:
        self._programmes = programmes
        self._texts = texts
        self._clock = clock
        self._say = texts[OVERVIEW].say

    async def overview(self, question: Question) -> Answer:
        """List the programmes, or describe the named one."""
        scope = self._scope(question)
        return self._described(scope.named, scope) if scope.named else self._list(scope)

    async def details(self, question: Question) -> Answer:
        """Say what is confirmed of amounts, conditions, the way to apply or dates."""
        scope = self._scope(question)
        if question.intent in _DEPEND_ON_HEATING and (wanted := wanted_heat_sources(question)):
            heating = self._heating(scope)
            if not all(heating.supports(entity.id) for entity in wanted):
                return heating.answer(question, scope)
        return details(question, scope, self._texts, self._phrases(), self._entries(scope.programmes))

    async def heat_source(self, question: Question) -> Answer:
        """Say what is confirmed about the named way of heating, or about any."""
        scope = self._scope(question)
        if scope.named and scope.named.ended_on(self._today()):
            return self._phrases().not_known(question.intent, scope.lead, scope.named)
        return self._heating(scope).answer(question, scope)

    async def status(self, question: Question) -> Answer:
        """Say who knows the state of an application; the assistant does not."""
        wording, named = self._texts["subsidy_status"], self._scope(question).named
        facts = named.shown(self._today(), About.WHERE) if named else ()
        if named is None or not facts:
            return wording.answer()
        where = self._say("one", programme=named.name, text=Entry(named, facts).sentences())
        lines = [wording.say("named", where=where), *self._phrases().dates(facts)]
        return Answer("\n".join(lines), buttons=wording.answer().buttons, sources=sources_of(facts))

    async def solar(self, _question: Question) -> Answer:
        """Say what is confirmed of the programmes that are named with solar energy."""
        wording, today = self._texts["solar_energy"], self._today()
        programmes = [one for one in self._programmes.programmes if one.solar]
        entries = self._entries(programmes, About.AMOUNT)
        if not entries:
            return wording.answer()
        unknown = [one for one in programmes if not one.shown(today, About.AMOUNT)]
        lead = [
            *(self._say("one", programme=one.name, text=one.unknown) for one in unknown),
            *(wording.say("page", page=one.confirm) for one in unknown),
            wording.say("relief"),
        ]
        return self._phrases().about_many("solar_energy", lead, entries)

    def _list(self, scope: Scope) -> Answer:
        entries = self._entries(scope.programmes, About.OVERVIEW)
        if not entries:
            return self._texts[OVERVIEW].answer()
        shown = {entry.programme.id for entry in entries}
        others = [one for one in scope.programmes if one.id not in shown]
        unknown = ", ".join(one.name for one in others if not one.ended_on(self._today()))
        ended = (self._say("one", programme=one.name, text=one.ended) for one in others if one.ended_on(self._today()))
        lead = [
            *scope.lead,
            self._say("intro", programmes=", ".join(entry.programme.name for entry in entries)),
            *([self._say("others", programmes=unknown)] if unknown else []),
            *ended,
        ]
        answer = self._phrases().about_many(OVERVIEW, lead, entries)
        return replace(answer, buttons=(*(programme_button(entry.programme) for entry in entries), *answer.buttons))

    def _described(self, programme: Programme, scope: Scope) -> Answer:
        """Say what the programme is and gives in general, or honestly that nothing is known."""
        today = self._today()
        facts = programme.shown(today, About.OVERVIEW)
        if not facts:
            return self._phrases().not_known(OVERVIEW, scope.lead, programme)
        general = (fact for fact in programme.shown(today, About.AMOUNT) if not fact.heat_sources)
        entry = Entry(programme, tuple(dict.fromkeys((*facts, *general))))
        details = (intent for intent, about in DETAILS.items() if programme.shown(today, *about[0]))
        buttons = (to_payload(intent, program=programme.id) for intent in details)
        answer = self._phrases().about_one(OVERVIEW, scope.lead, entry)
        return replace(answer, buttons=tuple(map(intent_button, ("subsidy_check", *buttons, OVERVIEW))))

    def _scope(self, question: Question) -> Scope:
        return scope_of(question, self._programmes, self._texts)

    def _heating(self, scope: Scope) -> HeatSourceAnswers:
        today = self._today()
        duties = tuple(fact for fact in self._programmes.obligations if fact.shown_on(today))
        return HeatSourceAnswers(self._texts, self._phrases(), self._entries(scope.programmes), duties)

    def _entries(self, programmes: Iterable[Programme], *about: About) -> list[Entry]:
        """Return the programmes with what may be shown of them, all or that about the given things."""
        return [Entry(one, facts) for one in programmes if (facts := one.shown(self._today(), *about))]

    def _phrases(self) -> Phrases:
        return Phrases(self._texts, self._today())

    def _today(self) -> date:
        return warsaw(self._clock.now()).date()
