"""How facts about programmes become an answer: values of a list, dates of checking, where to confirm, buttons."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from content.answer import Answer, Button, Fact, Source
from content.format import polish_date, sentence_start
from content.question import to_payload
from content.texts import Texts, intent_button
from content.topics.subsidies.facts import ProgrammeFact
from content.topics.subsidies.programmes import Programme

OVERVIEW = "subsidy_overview"
# Questions that have an answer of their own about each programme.
_ABOUT_ONE = (OVERVIEW, "subsidy_amount", "subsidy_eligibility", "subsidy_apply", "subsidy_deadline")


@dataclass(frozen=True)
class Entry:
    """A programme with those of its facts that an answer shows."""

    programme: Programme
    facts: tuple[ProgrammeFact, ...]

    def sentences(self) -> str:
        """Return the facts without a label as running text."""
        return " ".join(fact.text for fact in self.facts if not fact.label)

    def only(self, wanted: Callable[[ProgrammeFact], bool]) -> "Entry":
        """Return the entry with the wanted facts alone."""
        return Entry(self.programme, tuple(filter(wanted, self.facts)))


class Phrases:
    """The wording that all answers of one day share."""

    def __init__(self, texts: Texts, day: date) -> None:
        self._texts = texts
        self._say = texts[OVERVIEW].say
        self._day = day

    def about_one(self, intent: str, lead: Iterable[str], entry: Entry, gaps: Iterable[str] = ()) -> Answer:
        """Return an answer about one programme: its sentences as text, its values as facts."""
        programme, notes = entry.programme, self.notes(entry.facts)
        labelled = [fact for fact in entry.facts if fact.label is not None]
        text = entry.sentences()
        if not text:
            # The asked thing stands first, in a sentence.
            text = self._spelled("spelled", labelled[0].label or "", labelled[0].text, notes.get(labelled[0]))
            labelled = labelled[1:]
        first = self._say("one", programme=sentence_start(programme.name), text=text)
        caveat = [programme.caveat] if programme.caveat else []
        lines = [*lead, first, *gaps, *caveat, *self.dates(entry.facts), self.check(programme)]
        facts = tuple(Fact(sentence_start(fact.label or ""), fact.text, notes.get(fact)) for fact in labelled)
        return Answer("\n".join(lines), facts, self.following(intent, programme), sources=sources_of(entry.facts))

    def about_many(
        self, intent: str, lead: Iterable[str], entries: Sequence[Entry], after_first: Iterable[str] = ()
    ) -> Answer:
        """Return an answer about several programmes, each fact under its name.

        With sentences to say after it, the first fact is spelled out in the text.
        """
        shown = [fact for entry in entries for fact in entry.facts]
        caveats = [entry.programme.caveat for entry in entries if entry.programme.caveat]
        notes = self.notes(shown)
        facts = [fact for entry in entries for fact in listed(entry, notes)]
        following = tuple(after_first)
        first = facts.pop(0) if following else None
        told = [self._spelled("spelled_of", first.label, first.value, first.note)] if first else []
        lines = [*lead, *told, *following, *caveats, *self.dates(shown), self.check(None)]
        return Answer("\n".join(lines), tuple(facts), self.following(intent, None), sources=sources_of(shown))

    def not_known(self, intent: str, lead: Iterable[str], programme: Programme, gaps: str = "") -> Answer:
        """Say that the programme is over, that nothing is confirmed of it, or nothing of what was asked."""
        known = bool(programme.shown(self._day))
        if programme.ended_on(self._day):
            line = programme.ended or programme.unknown
        else:
            line = (gaps or self._say("not_known_about")) if known else programme.unknown
        caveat = [programme.caveat] if known and programme.caveat else []
        lines = [
            *lead,
            self._say("one", programme=sentence_start(programme.name), text=line),
            *caveat,
            self.check(programme),
        ]
        back = (programme_button(programme),) if known else ()
        if programme.see:
            back = (intent_button(to_payload(programme.see, program=programme.id)),)
        return Answer("\n".join(lines), buttons=(*back, *self._texts[intent].answer().buttons))

    def notes(self, facts: Iterable[ProgrammeFact]) -> dict[ProgrammeFact, str]:
        """Return notes that tell facts that may have changed from the others; none when that holds for all of them."""
        shown = tuple(facts)
        stale = [fact for fact in shown if fact.stale_on(self._day)]
        if len(stale) == len(shown):
            return {}
        return {fact: self._say("stale_note", day=polish_date(fact.source.day)) for fact in stale}

    def dates(self, facts: Iterable[ProgrammeFact]) -> list[str]:
        """Return when the facts were checked, and a warning of those that may have changed."""
        shown = tuple(facts)
        fresh = [fact.source for fact in shown if not fact.stale_on(self._day)]
        days = {
            "checked": [source.as_of for source in fresh if source.as_of],
            "read_on": [source.read_on for source in fresh if source.read_on],
        }
        checked = " ".join(self._say(name, days=_days(found)) for name, found in days.items() if found)
        stale = [fact.source.day for fact in shown if fact.stale_on(self._day)]
        return [*([checked] if checked else []), *([self._say("stale", days=_days(stale))] if stale else [])]

    def _spelled(self, name: str, label: str, value: str, note: str | None) -> str:
        """Return a value as a sentence."""
        text = self._say(name, label=label, value=value)
        return f"{text} ({note})." if note else f"{text}."

    def check(self, programme: Programme | None) -> str:
        """Return where to confirm what is said of a programme, or of several."""
        return self._say("check_one", confirm=programme.confirm) if programme else self._say("check")

    def following(self, intent: str, programme: Programme | None) -> tuple[Button, ...]:
        """Return the buttons to the next sensible questions, about the same programme where there is one."""
        buttons = self._texts[intent].answer().buttons
        if programme is None:
            return buttons
        return tuple(
            Button(button.title, to_payload(button.payload, program=programme.id))
            if button.payload in _ABOUT_ONE
            else button
            for button in buttons
        )


def listed(entry: Entry, notes: Mapping[ProgrammeFact, str]) -> list[Fact]:
    """Return a programme's facts for a list: its sentences under its name, then its values."""
    name = sentence_start(entry.programme.name)
    sentences = [fact for fact in entry.facts if fact.label is None]
    note = next((notes[fact] for fact in sentences if fact in notes), None)
    first = [Fact(name, entry.sentences().rstrip("."), note)] if sentences else []
    values = (fact for fact in entry.facts if fact.label is not None)
    return [*first, *(Fact(f"{name} – {fact.label}", fact.text, notes.get(fact)) for fact in values)]


def programme_button(programme: Programme) -> Button:
    """Return the button that asks what a programme is."""
    return Button(programme.name, to_payload(OVERVIEW, program=programme.id))


def sources_of(facts: Iterable[ProgrammeFact]) -> tuple[Source, ...]:
    """Return each source once, in the order of the answer."""
    return tuple(dict.fromkeys(fact.source.shown() for fact in facts))


def _days(days: Iterable[date]) -> str:
    """Return dates, the oldest first: „16.07.2026, 19.08.2026”."""
    return ", ".join(polish_date(day) for day in sorted(set(days)))
