"""States of an announcement and the one table of allowed moves."""

from collections.abc import Mapping
from enum import StrEnum


class AnnouncementState(StrEnum):
    """How far an announcement has come."""

    DRAFT = "draft"  # written, and shown to nobody yet
    SUBMITTED = "submitted"  # waits for the approval of a second person
    APPROVED = "approved"  # may be published as long as its text stays the same
    PUBLISHED = "published"  # on its way to everyone who asked for announcements


_S = AnnouncementState

MOVES: Mapping[AnnouncementState, frozenset[AnnouncementState]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED}),
    _S.SUBMITTED: frozenset({_S.APPROVED}),
    # Approved again: its text has changed since.
    _S.APPROVED: frozenset({_S.APPROVED, _S.PUBLISHED}),
    _S.PUBLISHED: frozenset(),
}
