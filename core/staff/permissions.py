"""What may be done, and which role may do it; the one table that services and pages ask."""

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may do."""

    READ_HANDOFFS = "read_handoffs"  # messages for the office, in clear
    ANSWER_HANDOFFS = "answer_handoffs"
    READ_TRANSCRIPTS = "read_transcripts"  # masked conversations
    TEACH = "teach"  # sentences to the language model, and start its training
    PROMOTE_MODELS = "promote_models"  # that passed the gate, and return to the one before
    READ_TEXTS = "read_texts"
    EDIT_TEXTS = "edit_texts"
    READ_ANNOUNCEMENTS = "read_announcements"
    WRITE_ANNOUNCEMENTS = "write_announcements"
    APPROVE_ANNOUNCEMENTS = "approve_announcements"
    READ_ALERTS = "read_alerts"  # about smog, and the rules that make them
    DECIDE_ALERTS = "decide_alerts"  # whether a held one goes out
    EDIT_ALERT_RULES = "edit_alert_rules"
    READ_NUMBERS = "read_numbers"  # counts without anything that leads to a person
    READ_HEALTH = "read_health"  # how sources, processes and providers are doing
    READ_AUDIT = "read_audit"
    MANAGE_RETENTION = "manage_retention"  # how long data is kept
    MANAGE_STAFF = "manage_staff"
    MANAGE_KEYS = "manage_keys"


class Role(StrEnum):
    """What somebody works as."""

    EDITOR = "editor"
    APPROVER = "approver"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


_P = Permission

# One role an account: nobody may both write and approve, and who hands out access works on nothing that residents read.
# Somebody who does both has two accounts, and the powerful one is open only while it is needed. The words of an alert
# are the rules' own, so whoever is on duty may decide on one.
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.EDITOR: frozenset(
        {
            *(_P.READ_HANDOFFS, _P.ANSWER_HANDOFFS, _P.READ_TRANSCRIPTS, _P.READ_TEXTS, _P.EDIT_TEXTS),
            *(_P.READ_ANNOUNCEMENTS, _P.WRITE_ANNOUNCEMENTS),
            *(_P.TEACH, _P.PROMOTE_MODELS),
            *(_P.READ_ALERTS, _P.DECIDE_ALERTS, _P.READ_NUMBERS, _P.READ_HEALTH),
        }
    ),
    Role.APPROVER: frozenset(
        {
            *(_P.READ_TRANSCRIPTS, _P.READ_TEXTS, _P.READ_ANNOUNCEMENTS, _P.APPROVE_ANNOUNCEMENTS, _P.READ_AUDIT),
            _P.PROMOTE_MODELS,
            *(_P.READ_ALERTS, _P.DECIDE_ALERTS, _P.EDIT_ALERT_RULES, _P.READ_NUMBERS, _P.READ_HEALTH),
        }
    ),
    Role.ANALYST: frozenset(
        {_P.READ_TRANSCRIPTS, _P.READ_TEXTS, _P.READ_ANNOUNCEMENTS, _P.READ_ALERTS, _P.READ_NUMBERS, _P.READ_HEALTH}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            *(_P.READ_TEXTS, _P.READ_AUDIT, _P.MANAGE_STAFF, _P.MANAGE_KEYS, _P.READ_NUMBERS, _P.READ_HEALTH),
            _P.MANAGE_RETENTION,
        }
    ),
}

KEY_SCOPES = frozenset({_P.READ_ANNOUNCEMENTS, _P.WRITE_ANNOUNCEMENTS})
"""What a key of a program can be given; approving is for people."""
