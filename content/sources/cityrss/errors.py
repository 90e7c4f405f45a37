"""What can go wrong with the city's news feed.

SourceError
├── FeedUnavailableError    no answer in time, a broken connection, another status than success
└── FeedBadDataError        an answer that cannot be used: no RSS, cut off, too big, a document type, no item left
"""

from core.errors import SourceError


class FeedUnavailableError(SourceError):
    """The feed did not answer in time, or answered that it cannot."""


class FeedBadDataError(SourceError):
    """The feed answered with something that cannot be used."""
