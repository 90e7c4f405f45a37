"""Which programmes a question is about."""

from dataclasses import dataclass

from content.question import Entity, Question
from content.texts import Texts
from content.topics.subsidies.programmes import Programme, Programmes

# What is replaced, never what a grant would pay for; a coal boiler is, when another way of heating is named beside it.
_OLD_STOVE = "kopciuch"
_COAL_BOILER = "kociol_na_wegiel"


@dataclass(frozen=True)
class Scope:
    """The named programme, or none; the programmes to choose from; and sentences that must be said first."""

    named: Programme | None
    programmes: tuple[Programme, ...]
    lead: tuple[str, ...] = ()


def scope_of(question: Question, programmes: Programmes, texts: Texts) -> Scope:
    """Return the scope; a named programme that is not open to the named building gives way to those that are."""
    program, building = question.entity("program"), question.entity("building")
    named = programmes.get(program.id) if program else None
    open_to = tuple(programmes.listed(building.id if building else None))
    if named is None:
        return Scope(None, open_to)
    if building is None or named.is_for(building.id):
        return Scope(named, (named,))
    lead = texts["subsidy_overview"].say(f"not_for_{building.id}", programme=named.name)
    return Scope(None, open_to, (lead,))


def named_heat_sources(question: Question) -> tuple[Entity, ...]:
    """Return the ways of heating that the question names."""
    return tuple(entity for entity in question.entities if entity.name == "heat_source")


def wanted_heat_sources(question: Question) -> tuple[Entity, ...]:
    """Return the ways of heating that a grant is asked for: an old stove, or the coal boiler, is what gives way."""
    new = tuple(entity for entity in named_heat_sources(question) if entity.id != _OLD_STOVE)
    return tuple(entity for entity in new if entity.id != _COAL_BOILER) or new
