"""Answers about a way of heating: what gets a grant, what does not and why, and what is not known."""

from collections.abc import Callable, Iterable

from content.answer import Answer, Fact
from content.format import sentence_start
from content.question import Entity, Question
from content.texts import Texts
from content.topics.subsidies.facts import About, ProgrammeFact
from content.topics.subsidies.phrases import Entry, Phrases, listed, sources_of
from content.topics.subsidies.scope import Scope, named_heat_sources, wanted_heat_sources

_INTENT = "subsidy_heat_source"
_NAME = "name_"


class HeatSourceAnswers:
    """What is said on one day; `entries` hold what may be shown of the programmes, obligations belong to none."""

    def __init__(
        self, texts: Texts, phrases: Phrases, entries: Iterable[Entry], obligations: Iterable[ProgrammeFact]
    ) -> None:
        self._wording = texts[_INTENT]
        self._phrases = phrases
        self._entries = _only(entries, lambda fact: About.HEAT_SOURCE in fact.about)
        self._obligations = tuple(obligations)

    def supports(self, heat_source: str) -> bool:
        """Whether some programme is known to pay for it."""
        return any(
            heat_source in fact.heat_sources and not fact.denies for entry in self._entries for fact in entry.facts
        ) and not self._denials(heat_source)

    def answer(self, question: Question, scope: Scope) -> Answer:
        """Answer about the wanted ways of heating, about an old stove, or about any."""
        wanted = wanted_heat_sources(question) or named_heat_sources(question)
        if not wanted:
            return self._any(scope)
        ids = {entity.id for entity in wanted}
        duties = [fact for fact in self._obligations if ids & set(fact.heat_sources)]
        entries = _only(self._entries, lambda fact: bool(ids & set(fact.heat_sources)))
        shown = [*duties, *(fact for entry in entries for fact in entry.facts)]
        first = (self._first(entity, scope) for entity in sorted(wanted, key=lambda one: not self.supports(one.id)))
        building = question.entity("building")
        # A no for a flat is none for a house, which the resident may have meant by now.
        is_no = not any(self.supports(entity.id) for entity in wanted)
        limit = [self._wording.say("only_for", building=building.value)] if building and is_no else []
        lines = [*scope.lead, *first, *limit, *self._phrases.dates(shown), self._phrases.check(scope.named)]
        buttons = self._phrases.following(_INTENT, scope.named)
        return Answer("\n".join(lines), self._facts(duties, entries, ids), buttons, sources=sources_of(shown))

    def _facts(self, duties: list[ProgrammeFact], entries: list[Entry], wanted: set[str]) -> tuple[Fact, ...]:
        """Return the values, without what the first sentences say already."""
        notes = self._phrases.notes([*duties, *(fact for entry in entries for fact in entry.facts)])
        said = {denied[0].facts[0] for one in wanted if (denied := self._denials(one))}
        told = (entry.only(lambda fact: fact not in said) for entry in entries)
        own = [Fact(sentence_start(fact.label or ""), fact.text, notes.get(fact)) for fact in duties]
        return (*own, *(fact for entry in told for fact in listed(entry, notes)))

    def _any(self, scope: Scope) -> Answer:
        if scope.named:
            if self._entries:
                return self._phrases.about_one(_INTENT, scope.lead, self._entries[0])
            return self._phrases.not_known(_INTENT, scope.lead, scope.named)
        names = {key.removeprefix(_NAME): name for key, name in self._wording.more.items() if key.startswith(_NAME)}
        known = [name for one, name in names.items() if self.supports(one)]
        if not known:
            return self._wording.answer()
        denied = [one for one in names if self._denials(one)]
        unknown = [name for one, name in names.items() if name not in known and one not in denied]
        lead = [
            *scope.lead,
            self._wording.say("intro", known=", ".join(known)),
            *(self._denied(one, "denied_too") for one in denied),
            *([self._wording.say("rest", unknown=", ".join(unknown))] if unknown else []),
        ]
        told = [entry.only(lambda fact: not fact.denies) for entry in self._entries]
        return self._phrases.about_many(_INTENT, lead, told)

    def _first(self, wanted: Entity, scope: Scope) -> str:
        """Return the sentence that answers: no and why, possible, or not known."""
        if self._denials(wanted.id):
            return self._denied(wanted.id, "denied")
        if self.supports(wanted.id):
            return self._wording.say("known", heat_source=sentence_start(wanted.value))
        if scope.named and About.HEAT_SOURCE in scope.named.gaps:
            return scope.named.gaps[About.HEAT_SOURCE]
        name = f"not_known_{wanted.id}"
        return self._wording.say(name if name in self._wording.more else "not_known", heat_source=wanted.value)

    def _denied(self, heat_source: str, name: str) -> str:
        entry = self._denials(heat_source)[0]
        return self._wording.say(name, programme=entry.programme.name, text=entry.facts[0].text)

    def _denials(self, heat_source: str) -> list[Entry]:
        """Return who says no to it, when every programme that speaks of heating does."""
        denials = _only(self._entries, lambda fact: fact.denies and heat_source in fact.heat_sources)
        return denials if len(denials) == len(self._entries) else []


def _only(entries: Iterable[Entry], wanted: Callable[[ProgrammeFact], bool]) -> list[Entry]:
    """Return the entries that have wanted facts, with these alone."""
    return [kept for entry in entries if (kept := entry.only(wanted)).facts]
