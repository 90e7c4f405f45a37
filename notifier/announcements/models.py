"""Tables of announcements: the announcement, everything that was done with it, and the reminders of its event."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity
from core.database.partial_index import partial_index

MAX_TITLE, MAX_BODY, MAX_NAME = 120, 1000, 80
"""Longest title, text and name of a person, in characters."""
MAX_SMS, MAX_TELEGRAM, MAX_WEB = 900, 3500, 5000
"""Longest texts of their own for the channels, in characters; Telegram takes 4096 with the title."""
MAX_REASON, MAX_PLACE, MAX_LINK, MAX_KEY = 300, 200, 300, 255
MAX_TEMPLATE = 60
"""Longest name of a template, in characters."""

ReminderKind = Literal["week", "day"]


class AnnouncementRow(Base):
    """An announcement with its present content; every moment in UTC.

    `approved_hash` is of the content, audience and channels that were approved, None while nothing is. `corrects_id`
    names the announcement that this one corrects or, if `is_retraction`, takes back. `created_hash` is of the content
    that came with `idempotency_key`.
    """

    __tablename__ = "announcements"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'in_review', 'returned', 'approved', 'scheduled', 'sending', 'paused', 'sent', "
            "'cancelled', 'expired')",
            name="state",
        ),
        CheckConstraint("approved_by <> created_by", name="four_eyes"),
        CheckConstraint("event_starts_at IS NULL OR event_place IS NOT NULL", name="event"),
        Index("ix_announcements_state_scheduled_at", "state", "scheduled_at"),
        Index("ix_announcements_published_at", "published_at"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    body: Mapped[str] = mapped_column(String(MAX_BODY))
    variants: Mapped[dict[str, Any]]
    districts: Mapped[list[str]] = mapped_column(JSON)
    channels: Mapped[list[str]] = mapped_column(JSON)
    event_starts_at: Mapped[datetime | None]
    event_ends_at: Mapped[datetime | None]
    event_place: Mapped[str | None] = mapped_column(String(MAX_PLACE))
    event_registration: Mapped[str | None] = mapped_column(String(MAX_LINK))
    expires_at: Mapped[datetime | None]
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("announcements.id"), index=True)
    is_retraction: Mapped[bool]
    is_on_web: Mapped[bool]
    idempotency_key: Mapped[str | None] = mapped_column(String(MAX_KEY), unique=True)
    created_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(MAX_NAME))
    approved_hash: Mapped[str | None] = mapped_column(String(64))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(String(MAX_NAME))
    scheduled_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"), unique=True)


class AnnouncementMoveRow(Base):
    """One thing that was done, never changed: who, as what, when, from which state to which, why, and on what content.

    `from_state` is None for the creation.
    """

    __tablename__ = "announcement_moves"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(MAX_NAME))
    role: Mapped[str] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(10))
    from_state: Mapped[str | None] = mapped_column(String(10))
    to_state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(MAX_REASON))
    version: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))


class ReminderRow(Base):
    """A reminder of an event: due, sent, or skipped for a reason."""

    __tablename__ = "announcement_reminders"
    __table_args__ = (
        UniqueConstraint("announcement_id", "kind"),
        CheckConstraint("state IN ('waiting', 'sent', 'skipped')", name="state"),
        partial_index("ix_announcement_reminders_waiting", "due_at", where="state = 'waiting'"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"))
    kind: Mapped[ReminderKind] = mapped_column(String(10))
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(20))
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcasts.id"))


class AnnouncementTemplateRow(Base):
    """Words and audience that staff start from again; `folded` is the name by which there is only one."""

    __tablename__ = "announcement_templates"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    folded: Mapped[str] = mapped_column(String(2 * MAX_TEMPLATE), unique=True)
    name: Mapped[str] = mapped_column(String(MAX_TEMPLATE))
    title: Mapped[str] = mapped_column(String(MAX_TITLE))
    body: Mapped[str] = mapped_column(String(MAX_BODY))
    variants: Mapped[dict[str, Any]]
    districts: Mapped[list[str]] = mapped_column(JSON)
    channels: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(MAX_NAME))
