"""When an alert is raised, who releases it and in which words: data of the city pack (`alert_rules.yml`)."""

from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from content.fields import field_problem, fields_of
from content.pack_file import PackData
from notifier.alerts.air import Averaging, Measure

INDEX: Measure = ("index", "1h")
"""The official index of GIOŚ."""

Level = Annotated[int, Field(ge=1, le=5)]
Severity = Literal["minor", "moderate", "severe", "extreme"]
_ATTRIBUTIONS = frozenset({"attribution", "short_attribution"})
_TEXT_FIELDS = _ATTRIBUTIONS | {"reason", "moment", "station"}
_NOTICE_FIELDS = _ATTRIBUTIONS | {"notice", "advice", "moment"}
_HELD_FIELDS = frozenset({"title", "body", "hour", "consequence"})
_SAYS_FIELDS = frozenset({"index", "value", "threshold"})


class Release(PackData):
    """Whether a message goes out by itself, or waits for a person; `at_deadline` is for when nobody decides."""

    mode: Literal["automatic", "held"]
    hold_minutes: Annotated[int | None, Field(ge=5, le=240)] = None
    at_deadline: Literal["send", "lapse"] | None = None

    @model_validator(mode="after")
    def _deadline_belongs_to_holding(self) -> Self:
        if (self.mode == "held") != (self.hold_minutes is not None and self.at_deadline is not None):
            message = "what is held, and only that, needs hold_minutes and at_deadline"
            raise PydanticCustomError("hold_incomplete", message)
        return self

    @property
    def hold(self) -> timedelta | None:
        """How long a person has to decide; None: it goes out by itself."""
        return None if self.hold_minutes is None else timedelta(minutes=self.hold_minutes)


class Wording(PackData):
    """Title and texts with {fields}; plain text, `sms` without the title's help must make sense too."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    body: Annotated[str, Field(min_length=1, max_length=1000)]
    sms: Annotated[str, Field(min_length=1, max_length=300)]

    known_fields: ClassVar[frozenset[str]] = _TEXT_FIELDS
    """What the texts may name in {braces}."""

    @field_validator("title", "body", "sms")
    @classmethod
    def _never_like_an_alert_of_the_state(cls, text: str) -> str:
        if "rcb" in text.casefold():
            message = "a message of the city must not name RCB"
            raise ValueError(message)
        return text

    @model_validator(mode="after")
    def _known_fields_and_source(self) -> Self:
        if problem := field_problem(self.known_fields, self.title, self.body, self.sms):
            raise ValueError(problem)
        if not all((fields_of(text) or set()) & _ATTRIBUTIONS for text in (self.body, self.sms)):
            message = "body and sms must say whose information it is: {attribution} or {short_attribution}"
            raise ValueError(message)
        return self


class AlertLevel(Wording):
    """A level of alerts that residents may choose as their threshold; `name` is the adjective of the index."""

    name: str
    severity: Severity
    release: Release


class NoticeRule(Wording):
    """How official notices of one kind are passed on."""

    level: Level
    severity: Severity
    release: Release

    known_fields: ClassVar[frozenset[str]] = _NOTICE_FIELDS


class HeldNotice(PackData):
    """What a person is told about a message that waits; `send` and `lapse` say what happens without a decision."""

    subject: str
    body: str
    send: str
    lapse: str

    @model_validator(mode="after")
    def _known_fields(self) -> Self:
        if problem := field_problem(_HELD_FIELDS, self.subject, self.body):
            raise ValueError(problem)
        return self


class Rule(PackData):
    """A measure that raises a level at `threshold` and keeps the episode until `clear`; in force from `valid_from`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
    pollutant: Literal["index", "pm10", "pm25", "no2", "so2", "o3"]
    averaging: Averaging
    threshold: Annotated[float, Field(gt=0)]
    clear: Annotated[float, Field(ge=0)]
    level: Level
    says: str
    valid_from: date
    valid_until: date | None = None
    source: Annotated[str, Field(min_length=1)]
    confidence: Literal["high", "medium"]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.clear >= self.threshold:
            raise PydanticCustomError("clear_too_high", "clear must be lower than threshold")
        if self.pollutant == "index" and (self.averaging != "1h" or self.threshold not in {1, 2, 3, 4, 5}):
            raise PydanticCustomError("no_index_level", "the index is hourly and its threshold one of 1 to 5")
        if problem := field_problem(_SAYS_FIELDS, self.says):
            raise ValueError(problem)
        return self

    @property
    def measure(self) -> Measure:
        """Return what it looks at."""
        return self.pollutant, self.averaging

    def is_raised_by(self, value: float) -> bool:
        """Whether a value raises the level: the index reaches its threshold, a concentration exceeds it."""
        return value >= self.threshold if self.measure == INDEX else value > self.threshold

    def is_in_force(self, day: date) -> bool:
        """Whether the rule holds on a Polish day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class AlertRules(PackData):
    """The rules of one city; `rules_file.load_rules` also checks that its parts agree."""

    clear_after: Annotated[int, Field(ge=1)]
    repeat_from_hour: Annotated[int, Field(ge=0, le=23)]
    lasts_hours: Annotated[int, Field(ge=1, le=24)]
    attribution: str
    short_attribution: str
    sample_attribution: str
    sample_title: str
    event: Annotated[str, Field(min_length=1)]
    held_notice: HeldNotice
    levels: Annotated[dict[Level, AlertLevel], Field(min_length=1)]
    rules: tuple[Rule, ...]
    notices: dict[str, NoticeRule]
    notice_advice: str
    all_clear: Wording

    @property
    def lasts(self) -> timedelta:
        """How long after its making a message is worth sending."""
        return timedelta(hours=self.lasts_hours)

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule of that id; None when it has been taken out since."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
