"""When an alert is raised and in which words: data of the city pack (`alert_rules.yml`)."""

from datetime import timedelta
from pathlib import Path
from string import Formatter
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from core.errors import ConfigurationError

WORST_LEVEL = 5

Level = Annotated[int, Field(ge=0, le=WORST_LEVEL)]


_FIELDS = frozenset({"attribution", "level", "moment", "station"})


class Template(BaseModel):
    """Title and body with {fields}; plain text, as every channel gets it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    body: str

    @field_validator("body")
    @classmethod
    def _known_fields(cls, body: str) -> str:
        unknown = {name for _, name, _, _ in Formatter().parse(body) if name is not None} - _FIELDS
        if unknown:
            message = f"unknown fields: {', '.join(sorted(unknown))}"
            raise ValueError(message)
        return body


class AlertRules(BaseModel):
    """The rules of one city; levels are those of the official index, 0 very good to 5 very bad."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    raise_from: Level
    clear_at: Level
    clear_after: Annotated[int, Field(ge=1)]
    repeat_from_hour: Annotated[int, Field(ge=0, le=23)]
    lasts_hours: Annotated[int, Field(ge=1, le=24)]
    attribution: str
    sample_attribution: str
    sample_title: str
    alerts: dict[Level, Template]
    all_clear: Template

    @property
    def lasts(self) -> timedelta:
        """How long after its making a message is worth sending."""
        return timedelta(hours=self.lasts_hours)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.clear_at >= self.raise_from:
            message = "clear_at must be lower than raise_from"
            raise ValueError(message)
        if set(self.alerts) != set(range(self.raise_from, WORST_LEVEL + 1)):
            message = f"alerts must name each level from {self.raise_from} to {WORST_LEVEL}"
            raise ValueError(message)
        return self


def load_rules(folder: Path) -> AlertRules:
    """Read the rules of the city pack in `folder`.

    Raises:
        ConfigurationError: the file is missing or breaks a rule; the message says which.
    """
    path = folder / "alert_rules.yml"
    try:
        return AlertRules(**yaml.safe_load(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        message = f"The city pack {folder.name} has no alert_rules.yml: add it to content/city/{folder.name}/."
        raise ConfigurationError(message) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        message = f"content/city/{folder.name}/alert_rules.yml is wrong: {where} {first['msg']}".replace("  ", " ")
        raise ConfigurationError(message) from error
