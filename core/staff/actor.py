"""Who does something, as services see it."""

from dataclasses import dataclass

from core.staff.errors import PermissionRefusedError
from core.staff.permissions import PERMISSIONS, Permission, Role


@dataclass(frozen=True)
class Actor:
    """A person, a program with a key, or the command line; `account_id` is that of a person."""

    name: str
    permissions: frozenset[Permission]
    account_id: int | None = None

    def may(self, permission: Permission) -> bool:
        """Whether this actor may do it."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Go on only when this actor may do it.

        Raises:
            PermissionRefusedError: they may not.
        """
        if not self.may(permission):
            raise PermissionRefusedError(permission)


CONSOLE = Actor("konsola", PERMISSIONS[Role.ADMINISTRATOR])
"""Whoever can run commands on the server."""


def at_the_console(name: str, *permissions: Permission) -> Actor:
    """Return somebody who does this at the command line under a name that nobody checked, which is visible."""
    return Actor(f"{name.strip()} ({CONSOLE.name})", frozenset(permissions))
