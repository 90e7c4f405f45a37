"""The guided check in words: a question with its numbered answers, and the result."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from content.answer import Answer, Button, Fact
from content.format import sentence_start
from content.question import to_payload
from content.texts import Texts, intent_button
from content.topics.subsidies.check import Finding, Given, GuidedCheck, Step
from content.topics.subsidies.facts import ProgrammeFact
from content.topics.subsidies.phrases import Phrases, programme_button, sources_of
from content.topics.subsidies.programmes import Programme, Verdict

INTENT = "subsidy_check"
GO, BACK = "go", "back"
_LINE = "_line"
_MOST_PROGRAMME_BUTTONS = 3


class CheckTexts:
    """What the guided check says on one day."""

    def __init__(self, check: GuidedCheck, texts: Texts, day: date) -> None:
        self._check = check
        self._wording = texts[INTENT]
        self._say = self._wording.say
        self._phrases = Phrases(texts, day)
        self._day = day

    def question(self, step: Step, *, back: bool) -> Answer:
        """Return a question with its numbered answers as text and as buttons."""
        lines = [
            self._say("option", number=number, option=self.line(step, option.id))
            for number, option in enumerate(step.options, 1)
        ]
        buttons = [
            Button(self.title(step.id, option.id), to_payload(INTENT, **{step.id: option.id}))
            for option in step.options
        ]
        if back:
            buttons.append(Button(self._say("back"), to_payload(INTENT, **{GO: BACK})))
        return Answer("\n".join([self._say(f"ask_{step.id}"), *lines]), buttons=tuple(buttons))

    def first_question(self, step: Step, assumed: Given) -> Answer:
        """Return the question that begins the check, with what is assumed already."""
        asked = self.question(step, back=bool(assumed))
        options = ", ".join(self.line(one, assumed[one.id]) for one in self._check.steps if one.id in assumed)
        known = [self._say("assumed", options=options)] if options else []
        return replace(asked, text="\n".join([asked.text, *known, self._wording.text, self._say("hint")]))

    def title(self, step_id: str, option_id: str) -> str:
        """Return the short name of an answer."""
        return self._say(f"{step_id}_{option_id}")

    def result(self, given: Given) -> Answer:
        """Return which programmes fit, why, where to confirm what; its words tell of the resident, so private."""
        findings = self._check.findings(given, self._day)
        possible = [finding for finding in findings if finding.verdict is not Verdict.EXCLUDED]
        shown = [fact for finding in possible for fact in finding.facts]
        lines = [
            self._lead(findings),
            *self._excluded(finding for finding in findings if finding.verdict is Verdict.EXCLUDED),
            *self._others(),
            *self._phrases.dates(shown),
            self._say("not_decision"),
        ]
        notes = self._phrases.notes(shown)
        facts = tuple(fact for finding in possible for fact in self._facts(finding, notes))
        return Answer("\n".join(lines), facts, self._buttons(possible), sources=sources_of(shown), private=True)

    def _lead(self, findings: Sequence[Finding]) -> str:
        fits = _names(one.programme for one in findings if one.verdict is Verdict.FITS)
        maybe = _names(one.programme for one in findings if one.verdict is Verdict.CONFIRM)
        if fits and maybe:
            return self._say("fits_and_maybe", fits=fits, maybe=maybe)
        if fits or maybe:
            return self._say("fits" if fits else "maybe", programmes=fits or maybe)
        return self._say("nothing")

    def _excluded(self, findings: Iterable[Finding]) -> list[str]:
        """Return the line of what does not fit, the programmes with the same reason together."""
        by_reason: dict[str, list[Programme]] = {}
        for finding in findings:
            by_reason.setdefault(finding.reasons[0], []).append(finding.programme)
        named = (
            self._say("excluded_one", programmes=_names(programmes), because=reason)
            for reason, programmes in by_reason.items()
        )
        return [self._say("excluded", programmes="; ".join(named))] if by_reason else []

    def _others(self) -> list[str]:
        others = self._check.not_judged(self._day)
        over = [one for one in others if one.ended_on(self._day)]
        unknown = [one for one in others if one not in over]
        return [
            *(self._say("ended", programme=one.name, text=one.ended) for one in over),
            *([self._say("unknown", programmes=_names(unknown))] if unknown else []),
        ]

    def _facts(self, finding: Finding, notes: dict[ProgrammeFact, str]) -> list[Fact]:
        name = sentence_start(finding.programme.name)
        told = {
            "where": finding.programme.confirm,
            "to_confirm": "; ".join(finding.to_confirm),
            "why": ", ".join(finding.reasons),
        }
        return [
            *(self._value(finding, fact, notes.get(fact)) for fact in finding.facts),
            *(Fact(f"{name} – {self._say(key)}", text) for key, text in told.items() if text),
        ]

    def _value(self, finding: Finding, fact: ProgrammeFact, note: str | None) -> Fact:
        """Return a fact worth showing: the value of the resident's level where it has one."""
        value = next((one for one in fact.values if finding.level and one.level == finding.level), None)
        label = fact.label or ""
        if value is not None and finding.level:
            label = self._say("at_level", label=label, level=finding.programme.levels[finding.level])
        text = fact.text if value is None else self._say("upto", value=value.written())
        name = sentence_start(finding.programme.name)
        return Fact(f"{name} – {label}" if label else name, text.rstrip("."), note)

    def _buttons(self, possible: Sequence[Finding]) -> tuple[Button, ...]:
        named = tuple(programme_button(finding.programme) for finding in possible[:_MOST_PROGRAMME_BUTTONS])
        apply = (to_payload("subsidy_apply", program=finding.programme.id) for finding in possible[:1])
        restart = Button(self._say("restart"), INTENT)
        return (*named, *map(intent_button, apply), restart, *self._wording.answer().buttons)

    def line(self, step: Step, option_id: str) -> str:
        """Return an answer as it stands in the list; facts are quoted with their own words."""
        name = f"{step.id}_{option_id}"
        if name + _LINE not in self._wording.more:
            return self._say(name)
        quoted = self._check.quoted(step, self._day) or {}
        return self._say(name + _LINE, **{field: fact.text for field, fact in quoted.items()})


def _names(programmes: Iterable[Programme]) -> str:
    return ", ".join(programme.name for programme in programmes)
