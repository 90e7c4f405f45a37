"""What a resident can subscribe to, in which languages, and by which way a consent comes."""

from dataclasses import dataclass
from typing import Literal, get_args

Topic = Literal["smog", "announcements", "events"]
Source = Literal["chat", "web", "link", "staff", "import", "provider"]

TOPICS: tuple[Topic, ...] = get_args(Topic)
LANGUAGES = ("pl", "uk", "en")
"""ISO 639-1 codes a contact may have; a message goes out in Polish where it has no text in that language."""

_OWN = frozenset({"chat", "web", "link"})


@dataclass(frozen=True)
class Origin:
    """How a consent came, and the document that proves one given outside the product."""

    source: Source
    evidence: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether the owner of the address acted, who alone may undo an earlier stop."""
        return self.source in _OWN


CHAT = Origin("chat")
