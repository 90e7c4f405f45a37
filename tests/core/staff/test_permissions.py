"""The table of roles."""

from core.staff.permissions import KEY_SCOPES, PERMISSIONS, Permission


def test_nobody_both_writes_and_approves_and_no_key_approves() -> None:
    both = {Permission.WRITE_ANNOUNCEMENTS, Permission.APPROVE_ANNOUNCEMENTS}
    assert not any(both <= permissions for permissions in PERMISSIONS.values())
    assert Permission.APPROVE_ANNOUNCEMENTS not in KEY_SCOPES


def test_every_permission_belongs_to_a_role() -> None:
    assert frozenset().union(*PERMISSIONS.values()) == frozenset(Permission)
