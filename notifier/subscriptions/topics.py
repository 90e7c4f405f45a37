"""What a resident can subscribe to, and by which way a consent comes."""

from dataclasses import dataclass
from typing import Literal, get_args

Topic = Literal["smog", "announcements", "events"]
Source = Literal["chat", "web", "link", "staff", "import", "provider"]

TOPICS: tuple[Topic, ...] = get_args(Topic)
EVERYTHING = "all"
"""What the log of consents names where staff stopped an address that had no topic."""

_OWN = frozenset({"chat", "web", "link"})


@dataclass(frozen=True)
class Origin:
    """How a consent came, and the document that proves one given outside the product.

    `of_the_city` says that the address is one of the city's own, such as its channel in Telegram.
    """

    source: Source
    evidence: str | None = None
    of_the_city: bool = False

    @property
    def is_own(self) -> bool:
        """Whether the owner of the address acted, who alone may undo an earlier stop."""
        return self.of_the_city or self.source in _OWN


CHAT = Origin("chat")
