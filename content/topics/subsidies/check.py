"""The guided check: which question comes next, and what the answers mean for each programme."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field, TypeAdapter

from content.pack_file import PackData, read_pack_file
from content.question import Entity
from content.topics.subsidies.facts import ProgrammeFact
from content.topics.subsidies.programmes import Programme, Programmes, Rule, Verdict
from core.errors import ConfigurationError

_HARDEST_FIRST = (Verdict.EXCLUDED, Verdict.CONFIRM, Verdict.FITS)

Given = Mapping[str, str]
"""The options chosen so far, by step."""


class Option(PackData):
    """One answer: `words` are ways to write it, `entities` (kind/id) what answers it in the question that began."""

    id: str
    words: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()


class Step(PackData):
    """One question; `fields` are facts (programme/fact) that its wording quotes, by the name of the field."""

    id: str
    options: tuple[Option, ...] = Field(min_length=2)
    fields: dict[str, str] = Field(default_factory=dict)

    def has(self, option: str) -> bool:
        """Whether the step has an option of that id."""
        return any(one.id == option for one in self.options)


class _CheckFile(PackData):
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Finding:
    """What the answers mean for one programme: why it fits or not, what to confirm, and the facts worth showing."""

    programme: Programme
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    to_confirm: tuple[str, ...] = ()
    facts: tuple[ProgrammeFact, ...] = ()
    level: str | None = None


class GuidedCheck:
    """The questions and rules of a city."""

    def __init__(self, programmes: Programmes) -> None:
        path = Path(__file__).with_name("check.yml")
        self.steps = read_pack_file(path).parse(TypeAdapter(_CheckFile)).steps
        self.programmes = programmes
        _require_known_options(self.steps, programmes)

    def step(self, step_id: str) -> Step | None:
        """Return the step of that id."""
        return next((step for step in self.steps if step.id == step_id), None)

    def known_from(self, entities: Iterable[Entity]) -> dict[str, str]:
        """Return the options that a question answers already; two different answers to one step answer none."""
        named = {f"{entity.name}/{entity.id}" for entity in entities}
        matching = {step.id: [one.id for one in step.options if named & set(one.entities)] for step in self.steps}
        return {step: found[0] for step, found in matching.items() if len(found) == 1}

    def next_step(self, given: Given, day: date) -> Step | None:
        """Return the next question: one whose answer still matters to a programme that is not excluded yet."""
        undecided = [one for one in self._asked_about(day) if decide(one, given, day).verdict is not Verdict.EXCLUDED]
        matter = {step for programme in undecided for rule in programme.check for step in rule.when}
        return next(
            (
                step
                for step in self.steps
                if step.id not in given and step.id in matter and self.quoted(step, day) is not None
            ),
            None,
        )

    def quoted(self, step: Step, day: date) -> dict[str, ProgrammeFact] | None:
        """Return the facts that a step quotes, None while one of them may not be shown."""
        found = {name: self._fact(path, day) for name, path in step.fields.items()}
        facts = {name: fact for name, fact in found.items() if fact is not None}
        return facts if len(facts) == len(found) else None

    def findings(self, given: Given, day: date) -> tuple[Finding, ...]:
        """Return what the answers mean for each programme that has rules and is not over, the best first."""
        found = (decide(programme, given, day) for programme in self._asked_about(day))
        return tuple(sorted(found, key=lambda finding: -_HARDEST_FIRST.index(finding.verdict)))

    def not_judged(self, day: date) -> tuple[Programme, ...]:
        """Return the listed programmes that the answers say nothing of: without rules, or over."""
        judged = {programme.id for programme in self._asked_about(day)}
        return tuple(programme for programme in self.programmes.listed() if programme.id not in judged)

    def _asked_about(self, day: date) -> list[Programme]:
        return [one for one in self.programmes.listed() if one.check and not one.ended_on(day)]

    def _fact(self, path: str, day: date) -> ProgrammeFact | None:
        programme_id, _, fact_id = path.partition("/")
        programme = self.programmes.get(programme_id)
        return programme.fact(fact_id, day) if programme else None


def decide(programme: Programme, given: Given, day: date) -> Finding:
    """Return what the answers mean for a programme on a day; a pure function of its rules and facts."""
    rules = [(rule, _verdict(rule, programme, day)) for rule in programme.check if _applies(rule, given)]
    verdict = next((one for one in _HARDEST_FIRST if any(found is one for _, found in rules)), Verdict.CONFIRM)
    kept = Verdict.EXCLUDED if verdict is Verdict.EXCLUDED else Verdict.FITS
    names = dict.fromkeys(name for rule, _ in rules for name in rule.shows)
    shown = (programme.fact(name, day) for name in names)
    return Finding(
        programme,
        verdict,
        reasons=tuple(rule.because for rule, found in rules if found is kept and rule.because),
        to_confirm=tuple(rule.because for rule, found in rules if found is Verdict.CONFIRM and rule.because),
        facts=tuple(fact for fact in shown if fact),
        level=next((rule.level for rule, _ in rules if rule.level), None),
    )


def _applies(rule: Rule, given: Given) -> bool:
    return all(given.get(step) in options for step, options in rule.when.items())


def _verdict(rule: Rule, programme: Programme, day: date) -> Verdict:
    """Return the verdict of a rule; while the fact it rests on may not be shown, only „confirm”."""
    rests = rule.fact is None or programme.fact(rule.fact, day) is not None
    return rule.verdict if rests else Verdict.CONFIRM


def _require_known_options(steps: Sequence[Step], programmes: Programmes) -> None:
    """Refuse rules that name a step or an option that is never asked.

    Raises:
        ConfigurationError: there is such a rule.
    """
    known = {(step.id, option.id) for step in steps for option in step.options}
    for programme in programmes.programmes:
        for rule in programme.check:
            for step, options in rule.when.items():
                if wrong := [option for option in options if (step, option) not in known]:
                    message = f"programmes.yml, {programme.id}.check: {step} has no answer {', '.join(wrong)}"
                    raise ConfigurationError(message)
