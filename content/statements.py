"""Checked sentences of the city pack: each with source and confidence, shown only while it holds."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from content.answer import Source


class Statement(BaseModel):
    """One sentence; `about` names what it answers, `valid_from` and `valid_to` the days between which it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: str
    text: str
    source: Source
    confidence: Literal["high", "medium", "low", "unverified"]
    valid_from: date | None = None
    valid_to: date | None = None

    def shown_on(self, day: date) -> bool:
        """Whether residents may see it: confirmed, and in force on that day."""
        return self.confidence in {"high", "medium"} and (self.valid_from or day) <= day <= (self.valid_to or day)
