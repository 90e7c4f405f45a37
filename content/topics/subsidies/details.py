"""Answers about one thing: amounts, conditions, the way to apply, dates, of one programme or of all."""

from content.answer import Answer
from content.question import Question
from content.texts import Texts
from content.topics.subsidies.facts import About, ProgrammeFact
from content.topics.subsidies.phrases import Entry, Phrases
from content.topics.subsidies.scope import Scope, wanted_heat_sources

# What each question is about; the second part is said only of a single programme.
DETAILS: dict[str, tuple[tuple[About, ...], tuple[About, ...]]] = {
    "subsidy_amount": ((About.AMOUNT,), ()),
    "subsidy_eligibility": ((About.WHO, About.INCOME), (About.CONDITION,)),
    "subsidy_apply": ((About.WHERE,), (About.DOCUMENTS,)),
    "subsidy_deadline": ((About.DATES,), ()),
}
_DEPEND_ON_GROUP = ("subsidy_amount", "subsidy_eligibility")


def details(question: Question, scope: Scope, texts: Texts, phrases: Phrases, entries: list[Entry]) -> Answer:
    """Answer with the entries, which hold what may be shown of the programmes of the scope."""
    intent = question.intent
    group = question.entity("group")
    no_rules = (
        [texts["subsidy_overview"].say("group", group=group.value)] if group and intent in _DEPEND_ON_GROUP else []
    )
    always, single = DETAILS[intent]
    listed = [entry for entry in (_about(question, entry, always) for entry in entries) if entry.facts]
    meant = listed or [entry for entry in entries if question.entity("building") and entry.programme.buildings]
    one = scope.named or (meant[0].programme if len(meant) == 1 else None)
    if one is None:
        if not listed:
            return texts[intent].answer()
        return phrases.about_many(intent, scope.lead, listed, [texts[intent].say("intro"), *no_rules])
    gaps = [one.gaps[about] for about in (*always, *single) if about in one.gaps]
    of_one = next((entry for entry in entries if entry.programme is one), Entry(one, ()))
    entry = _about(question, of_one, (*always, *single))
    if not entry.facts:
        return phrases.not_known(intent, scope.lead, one, " ".join(gaps))
    return phrases.about_one(intent, scope.lead, entry, [*gaps, *no_rules])


def _about(question: Question, entry: Entry, about: tuple[About, ...]) -> Entry:
    """Return the entry with its facts about something, and only about the heating that is asked for."""
    wanted = {entity.id for entity in wanted_heat_sources(question)}
    return entry.only(lambda fact: not set(about).isdisjoint(fact.about) and _fits(fact, wanted, question))


def _fits(fact: ProgrammeFact, wanted: set[str], question: Question) -> bool:
    """Whether a fact is not about another heat source; a list of all programmes holds the general ones."""
    if not fact.heat_sources:
        return True
    return bool(wanted & set(fact.heat_sources)) if wanted else question.entity("program") is not None
