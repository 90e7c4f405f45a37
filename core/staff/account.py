"""An account and a session as services and pages see them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from core.staff.actor import Actor
from core.staff.models import AccountRow, SessionRow
from core.staff.permissions import PERMISSIONS, Role

CONFIRMED_FOR = timedelta(minutes=5)
"""How long a proof of presence counts for dangerous steps."""


class Stage(Enum):
    """What is still missing before somebody is let in."""

    CODE = "code"  # the second factor
    PASSWORD = "password"  # noqa: S105 - a password of their own in place of the one-time one
    SET_UP = "set_up"  # a second factor, where the city demands one
    IN = "in"


@dataclass(frozen=True)
class Account:
    """A person of the staff; moments in UTC."""

    id: int
    name: str
    role: Role
    has_second_factor: bool
    has_own_password: bool
    is_disabled: bool
    created_at: datetime
    signed_in_at: datetime | None

    @classmethod
    def of(cls, row: AccountRow) -> "Account":
        """Return the account of a row."""
        return cls(
            row.id,
            row.name,
            Role(row.role),
            row.totp_sealed is not None,
            row.password_expires_at is None,
            row.disabled_at is not None,
            row.created_at,
            row.signed_in_at,
        )

    @property
    def actor(self) -> Actor:
        """Whoever acts from this account."""
        return Actor(self.name, PERMISSIONS[self.role], self.id)


@dataclass(frozen=True)
class Session:
    """A signed-in browser; moments in UTC."""

    id: int
    account: Account
    stage: Stage
    device: str
    created_at: datetime
    seen_at: datetime
    confirmed_at: datetime

    @classmethod
    def of(cls, row: SessionRow, account: AccountRow, *, second_factor_needed: bool) -> "Session":
        """Return the session of a row."""
        seen = Account.of(account)
        if seen.has_second_factor and not row.is_verified:
            stage = Stage.CODE
        elif not seen.has_own_password:
            stage = Stage.PASSWORD
        elif second_factor_needed and not seen.has_second_factor:
            stage = Stage.SET_UP
        else:
            stage = Stage.IN
        return cls(row.id, seen, stage, row.device, row.created_at, row.seen_at, row.confirmed_at)

    def is_fresh(self, now: datetime) -> bool:
        """Whether the person proved to be there a moment ago."""
        return now - self.confirmed_at <= CONFIRMED_FOR
