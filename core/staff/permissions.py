"""What may be done, and which role may do it; the one table that services and pages ask."""

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may do."""

    READ_HANDOFFS = "read_handoffs"  # messages for the office, in clear
    ANSWER_HANDOFFS = "answer_handoffs"
    READ_TRANSCRIPTS = "read_transcripts"  # masked conversations
    READ_TEXTS = "read_texts"
    EDIT_TEXTS = "edit_texts"
    READ_ANNOUNCEMENTS = "read_announcements"
    WRITE_ANNOUNCEMENTS = "write_announcements"
    APPROVE_ANNOUNCEMENTS = "approve_announcements"
    READ_AUDIT = "read_audit"
    MANAGE_STAFF = "manage_staff"
    MANAGE_KEYS = "manage_keys"


class Role(StrEnum):
    """What somebody works as."""

    EDITOR = "editor"
    APPROVER = "approver"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


_P = Permission

# Nobody may both write and approve; who hands out access works on nothing that residents read.
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.EDITOR: frozenset(
        {
            *(_P.READ_HANDOFFS, _P.ANSWER_HANDOFFS, _P.READ_TRANSCRIPTS, _P.READ_TEXTS, _P.EDIT_TEXTS),
            *(_P.READ_ANNOUNCEMENTS, _P.WRITE_ANNOUNCEMENTS),
        }
    ),
    Role.APPROVER: frozenset(
        {_P.READ_TRANSCRIPTS, _P.READ_TEXTS, _P.READ_ANNOUNCEMENTS, _P.APPROVE_ANNOUNCEMENTS, _P.READ_AUDIT}
    ),
    Role.ANALYST: frozenset({_P.READ_TRANSCRIPTS, _P.READ_TEXTS, _P.READ_ANNOUNCEMENTS}),
    Role.ADMINISTRATOR: frozenset({_P.READ_TEXTS, _P.READ_AUDIT, _P.MANAGE_STAFF, _P.MANAGE_KEYS}),
}

KEY_SCOPES = frozenset({_P.READ_ANNOUNCEMENTS, _P.WRITE_ANNOUNCEMENTS})
"""What a key of a program can be given; approving is for people."""
