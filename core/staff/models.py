"""Tables of access: accounts, sessions, recovery codes, wrong tries and keys of programs. Moments in UTC."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity

MAX_NAME = 40
"""Longest name of an account or a key, in characters."""
MAX_DEVICE = 60
"""Longest description of a browser, in characters."""


class AccountRow(Base):
    """A person of the staff; `login` is the name folded, so that one name is one account however it is typed.

    `password_expires_at` is set for a one-time password only. `totp_sealed` is encrypted, `totp_step` the last
    30-second step whose code was taken, so that none is taken twice.
    """

    __tablename__ = "staff_accounts"
    __table_args__ = (CheckConstraint("role IN ('editor', 'approver', 'analyst', 'administrator')", name="role"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    login: Mapped[str] = mapped_column(String(MAX_NAME), unique=True)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    password_expires_at: Mapped[datetime | None]
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_step: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    signed_in_at: Mapped[datetime | None]


class SessionRow(Base):
    """A browser that is signed in, or half so; its token is a secret of which only the SHA-256 is stored.

    `confirmed_at` is when the person last proved to be there. `totp_sealed` is a second factor being set up.
    """

    __tablename__ = "staff_sessions"
    # SQLite would give the number of an ended session to the next one, perhaps somebody else's.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    is_verified: Mapped[bool]
    device: Mapped[str] = mapped_column(String(MAX_DEVICE))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    confirmed_at: Mapped[datetime]
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class RecoveryCodeRow(Base):
    """A code that stands in for the second factor once, known by a keyed digest."""

    __tablename__ = "staff_recovery_codes"
    __table_args__ = (UniqueConstraint("account_id", "digest"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))


class TriesRow(Base):
    """Wrong tries under one name, whether it exists or not, or from one address; known by a keyed digest."""

    __tablename__ = "staff_tries"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    blocked_until: Mapped[datetime | None]


class ApiKeyRow(Base):
    """A key of a program; only its SHA-256 is stored, and its first characters so that people can tell keys apart."""

    __tablename__ = "staff_api_keys"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    start: Mapped[str] = mapped_column(String(12))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(MAX_NAME))
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
