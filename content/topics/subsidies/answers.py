"""Answers about grants for heating: each fact with its date, and a word to check it before applying."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from content.answer import Answer, Button, Source
from content.format import polish_date
from content.question import Answerer, Question, to_payload
from content.texts import Texts, intent_button
from content.topics.subsidies.programmes import About, Programme, ProgrammeFact
from core.clock import Clock, warsaw

_DETAILS = {
    "subsidy_amount": About.AMOUNT,
    "subsidy_eligibility": About.ELIGIBILITY,
    "subsidy_deadline": About.DEADLINE,
}


def answers(programmes: tuple[Programme, ...], texts: Texts, clock: Clock) -> dict[str, Answerer]:
    """Return the answers of the topic by intent; the texts answer the rest."""
    topic = SubsidyAnswers(programmes, texts, clock)
    return {
        "subsidy_overview": topic.overview,
        **dict.fromkeys(_DETAILS, topic.details),
        "subsidy_heat_source": topic.heat_source,
    }


@dataclass(frozen=True)
class _Entry:
    """A programme with those of its facts that an answer shows."""

    programme: Programme
    facts: tuple[ProgrammeFact, ...]


class SubsidyAnswers:
    """What is said about programmes."""

    def __init__(self, programmes: tuple[Programme, ...], texts: Texts, clock: Clock) -> None:
        self._programmes = {programme.id: programme for programme in programmes}
        self._texts = texts
        self._clock = clock
        self._say = texts["subsidy_overview"].say

    async def overview(self, question: Question) -> Answer:
        """List the programmes, or describe the named one."""
        named = self._named(question)
        return self._described(named) if named else self._list()

    async def details(self, question: Question) -> Answer:
        """Say what is confirmed of amounts, conditions or deadlines, of the named programme or of all."""
        named = self._named(question)
        entries = self._entries([named] if named else self._listed(), _DETAILS[question.intent])
        return self._details(question.intent, entries, named)

    async def heat_source(self, question: Question) -> Answer:
        """Say what is confirmed about the named way of heating, or about any."""
        named, asked = self._named(question), question.entity("heat_source")
        entries = self._entries([named] if named else self._listed(), About.HEAT_SOURCE)
        if asked is None:
            return self._details("subsidy_heat_source", entries, named)
        about_it = [
            _Entry(entry.programme, facts)
            for entry in entries
            if (facts := tuple(fact for fact in entry.facts if asked.id in fact.heat_sources))
        ]
        if about_it:
            return self._details("subsidy_heat_source", about_it, named)
        wording = self._texts["subsidy_heat_source"]
        return Answer(
            "\n".join([wording.say("not_known", heat_source=asked.value), self._check(named)]),
            buttons=wording.answer().buttons,
        )

    def _list(self) -> Answer:
        entries = self._entries(self._listed(), About.OVERVIEW)
        wording = self._texts["subsidy_overview"]
        if not entries:
            return wording.answer()
        shown = {entry.programme.id for entry in entries}
        others = [programme.name for programme in self._listed() if programme.id not in shown]
        lines = [
            self._say("intro"),
            *(self._bullet(entry, caveat=True) for entry in entries),
            *([self._say("others", programmes=", ".join(others))] if others else []),
            self._check(None),
        ]
        buttons = (*(_programme_button(entry.programme) for entry in entries), *wording.answer().buttons)
        return Answer("\n".join(lines), buttons=buttons, sources=_sources(entries))

    def _described(self, programme: Programme) -> Answer:
        """Describe a programme with all that is confirmed of it, or say honestly that nothing is."""
        facts = programme.described(self._today())
        if not facts:
            return self._not_known(programme)
        lines = [
            self._say("described", programme=programme.name, as_of=_dates(facts)),
            *(fact.text for fact in facts),
            *([programme.caveat] if programme.caveat else []),
            self._check(programme),
        ]
        details = [
            intent_button(to_payload(intent, program=programme.id))
            for intent, about in _DETAILS.items()
            if programme.shown(self._today(), about)
        ]
        buttons = (*details, intent_button("subsidy_overview"))
        return Answer("\n".join(lines), buttons=buttons, sources=_sources([_Entry(programme, facts)]))

    def _details(self, intent: str, entries: list[_Entry], named: Programme | None) -> Answer:
        if named and not entries:
            return self._not_known(named, intent)
        wording = self._texts[intent]
        if not entries:
            return wording.answer()
        lines = [
            wording.say("intro"),
            *(self._bullet(entry, caveat=named is not None or intent == "subsidy_eligibility") for entry in entries),
            self._check(named),
        ]
        return Answer("\n".join(lines), buttons=wording.answer().buttons, sources=_sources(entries))

    def _not_known(self, programme: Programme, intent: str = "subsidy_overview") -> Answer:
        """Say that nothing is confirmed of the programme, or nothing of what was asked."""
        known = bool(programme.shown(self._today()))
        line = self._say("not_known_about") if known else programme.unknown
        text = "\n".join([f"{programme.name}: {line}", self._check(programme)])
        back = [_programme_button(programme)] if known else []
        return Answer(text, buttons=(*back, *self._texts[intent].answer().buttons))

    def _bullet(self, entry: _Entry, *, caveat: bool) -> str:
        texts = [fact.text for fact in entry.facts]
        if caveat and entry.programme.caveat:
            texts.append(entry.programme.caveat)
        return self._say("entry", programme=entry.programme.name, text=" ".join(texts), as_of=_dates(entry.facts))

    def _check(self, programme: Programme | None) -> str:
        if programme and programme.page:
            return self._say("check_page", page=programme.page)
        return self._say("check")

    def _named(self, question: Question) -> Programme | None:
        entity = question.entity("program")
        return self._programmes.get(entity.id) if entity else None

    def _listed(self) -> list[Programme]:
        return [programme for programme in self._programmes.values() if programme.listed]

    def _entries(self, programmes: Iterable[Programme], about: About) -> list[_Entry]:
        """Return the programmes that have facts about it, with these facts."""
        today = self._today()
        entries = (_Entry(programme, programme.shown(today, about)) for programme in programmes)
        return [entry for entry in entries if entry.facts]

    def _today(self) -> date:
        return warsaw(self._clock.now()).date()


def _programme_button(programme: Programme) -> Button:
    return Button(programme.name, to_payload("subsidy_overview", program=programme.id))


def _dates(facts: Iterable[ProgrammeFact]) -> str:
    """Return the sources' dates, the oldest first: „16.07.2026, 19.08.2026”."""
    days = sorted({fact.source.as_of for fact in facts if isinstance(fact.source.as_of, date)})
    return ", ".join(polish_date(day) for day in days)


def _sources(entries: Iterable[_Entry]) -> tuple[Source, ...]:
    """Return each source once, in the order of the answer."""
    return tuple(dict.fromkeys(fact.source for entry in entries for fact in entry.facts))
