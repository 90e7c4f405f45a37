"""What can be refused about staff; pages and commands put it into words."""

from datetime import timedelta
from typing import Literal

from core.errors import HubError
from core.staff.permissions import Permission

PasswordFault = Literal["too_short", "too_long", "too_simple", "holds_name", "same", "unlike"]
NameFault = Literal["shape", "reserved", "taken"]


class StaffError(HubError):
    """Something that access to the panel does not allow."""


class PermissionRefusedError(StaffError):
    """Whoever asked may not do this."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__(f"This needs the permission {permission}.")


class SignInRefusedError(StaffError):
    """The name, the password or the code is wrong; never says which, or whether there is such an account."""


class TooManyTriesError(SignInRefusedError):
    """After too many wrong tries no more are looked at for a while, right or wrong."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(f"Too many tries: the next one is looked at in {wait.total_seconds():.0f} s.")


class PasswordRefusedError(StaffError):
    """A new password breaks a rule, or was not typed twice alike."""

    def __init__(self, fault: PasswordFault) -> None:
        self.fault: PasswordFault = fault
        super().__init__(f"The password is refused: {fault}.")


class NameRefusedError(StaffError):
    """A name of an account or a key cannot be used."""

    def __init__(self, fault: NameFault) -> None:
        self.fault: NameFault = fault
        super().__init__(f"The name is refused: {fault}.")


class UnknownAccountError(StaffError):
    """There is no such account."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no account {name}.")


class UnknownKeyError(StaffError):
    """There is no such key, or it is revoked already."""


class OwnAccountError(StaffError):
    """Nobody changes their own role or access."""


class LastAdministratorError(StaffError):
    """Somebody must be left who can let others in."""


class ScopeRefusedError(StaffError):
    """A key cannot be given this, or was given nothing."""
