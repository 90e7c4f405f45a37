"""Tables of subscriptions: residents' addresses (sealed), what each wants, every consent given or withdrawn."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity


class ContactRow(Base):
    """An address on a channel: encrypted, and found again by its keyed digest; "gone" means the provider refused it."""

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("channel", "address_digest"),
        CheckConstraint("state IN ('active', 'stopped', 'gone')", name="state"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    address_digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]


class SubscriptionRow(Base):
    """A topic that a contact wants; `ended_at` is None while it runs, and one runs per contact and topic."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        Index(
            "uq_subscriptions_running",
            "contact_id",
            "topic",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_subscriptions_topic_ended_at", "topic", "ended_at"),
        CheckConstraint("topic IN ('smog', 'announcements')", name="topic"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(String(20))
    district: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ConsentRow(Base):
    """One consent given or withdrawn: which text was shown, when and on which channel."""

    __tablename__ = "consents"
    __table_args__ = (CheckConstraint("action IN ('given', 'withdrawn')", name="action"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    topic: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    text_version: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
