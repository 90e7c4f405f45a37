"""What staff should confirm about the programmes: facts past their time, old, or unconfirmed, and what is missing."""

from collections.abc import Iterator
from datetime import date

from content.format import sentence_start
from content.gaps import Gap, Reason
from content.topics.subsidies.facts import ProgrammeFact
from content.topics.subsidies.programmes import FILE, Programme, Programmes


def due_for_check(programmes: Programmes, day: date) -> tuple[Gap, ...]:
    """Return what is due on a day in Poland, programme by programme, then the obligations."""
    return (
        *(gap for programme in programmes.programmes for gap in _of_programme(programme, day)),
        *(gap for fact in programmes.obligations for gap in _of_fact(fact, fact.id, "", day)),
    )


def _of_programme(programme: Programme, day: date) -> Iterator[Gap]:
    name = sentence_start(programme.name)
    if programme.ended_on(day):
        yield Gap(Reason.EXPIRED, FILE, programme.id, f"{name}: {programme.ended}", since=programme.valid_to)
        return
    for fact in programme.facts:
        yield from _of_fact(fact, f"{programme.id}.{fact.id}", f"{name}: ", day)
    missing = {"caveat": programme.caveat, **{f"gaps.{about}": text for about, text in programme.gaps.items()}}
    if not programme.shown(day):
        missing = {"unknown": programme.unknown}
    for item, text in missing.items():
        if text:
            yield Gap(Reason.MISSING, FILE, f"{programme.id}.{item}", f"{name}: {text}")


def _of_fact(fact: ProgrammeFact, item: str, owner: str, day: date) -> Iterator[Gap]:
    title = f"{owner}{fact.label} – {fact.text}" if fact.label else f"{owner}{fact.text}"
    if not fact.is_confirmed:
        yield Gap(Reason.UNCONFIRMED, FILE, item, title, since=fact.source.day)
    elif fact.expired_on(day):
        yield Gap(Reason.EXPIRED, FILE, item, title, since=fact.valid_to)
    elif fact.old_on(day):
        yield Gap(Reason.OLD, FILE, item, title, since=fact.source.day)
