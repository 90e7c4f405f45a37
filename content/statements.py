"""Checked sentences of the city pack: each with source and confidence, shown only while it holds."""

from datetime import date

from content.answer import Source
from content.confidence import Checked


class Statement(Checked):
    """One sentence; `about` names what it answers, `valid_from` and `valid_to` the days between which it holds."""

    about: str
    text: str
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None

    def shown_on(self, day: date) -> bool:
        """Whether residents may see it: confirmed, and in force on that day."""
        return self.is_confirmed and (self.valid_from or day) <= day <= (self.valid_to or day)
