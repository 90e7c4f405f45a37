"""Tables of subscriptions: residents' addresses (sealed), what each wants, every consent, and who must get nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity
from core.database.partial_index import partial_index

MAX_EVIDENCE = 120
"""Longest name of a document, or of who acted and why, in characters."""


class ContactRow(Base):
    """An address on a channel: encrypted, found again by its keyed digest, with what its owner chose.

    "gone" means the provider refused it. `quiet_from` and `quiet_until` are minutes of the Polish day, both or none;
    `smog_level` is the index level from which alerts come, None for each of them; `link_digest` is of the token in the
    address of the resident's own page.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        UniqueConstraint("channel", "address_digest"),
        CheckConstraint("state IN ('active', 'stopped', 'gone')", name="state"),
        CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet_hours"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    address_digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(2), default="pl", server_default="pl")
    smog_level: Mapped[int | None] = mapped_column(SmallInteger)
    quiet_from: Mapped[int | None] = mapped_column(SmallInteger)
    quiet_until: Mapped[int | None] = mapped_column(SmallInteger)
    paused_until: Mapped[datetime | None]
    link_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]


class SubscriptionRow(Base):
    """A topic that a contact wants; `ended_at` is None while it runs, and one runs per contact and topic."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        partial_index("uq_subscriptions_running", "contact_id", "topic", where="ended_at IS NULL", unique=True),
        Index("ix_subscriptions_topic_ended_at", "topic", "ended_at"),
        CheckConstraint("topic IN ('smog', 'announcements', 'events')", name="topic"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SubscriptionDistrictRow(Base):
    """A district that a subscription is limited to; a subscription without any is for the whole city."""

    __tablename__ = "subscription_districts"

    subscription_id: Mapped[int] = mapped_column(
        Identity, ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True
    )
    district: Mapped[str] = mapped_column(String(64), primary_key=True)


class ConsentRow(Base):
    """One consent given or withdrawn, never changed: which text was shown, when, on which channel, by which way.

    `evidence` names a document outside the product, such as the form behind an imported consent.
    """

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("action IN ('given', 'withdrawn')", name="action"),
        CheckConstraint("source IN ('chat', 'web', 'link', 'staff', 'import', 'provider')", name="source"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    topic: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    text_version: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(10), default="chat", server_default="chat")
    evidence: Mapped[str | None] = mapped_column(String(MAX_EVIDENCE))


class SuppressionRow(Base):
    """An address, known only by its digest, to which nothing is sent until its owner signs up again."""

    __tablename__ = "suppressions"
    __table_args__ = (CheckConstraint("reason IN ('asked', 'gone', 'complaint')", name="reason"),)

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    address_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]


class SignUpRow(Base):
    """A sign-up on the web that waits for the code sent to the number; deleted when confirmed or too old."""

    __tablename__ = "sign_ups"

    ticket_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    code_digest: Mapped[str] = mapped_column(String(64))
    tries_left: Mapped[int] = mapped_column(SmallInteger)
    codes_left: Mapped[int] = mapped_column(SmallInteger)
    wishes: Mapped[dict[str, Any]] = mapped_column(JSON)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class LinkCodeRow(Base):
    """A code shown to a Telegram account, which links it to the number that texts the code; deleted once used."""

    __tablename__ = "link_codes"

    chat_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    chat_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class LinkedAddressesRow(Base):
    """A number and a Telegram account of one person, known by their digests; each belongs to one pair at most."""

    __tablename__ = "linked_addresses"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    phone_digest: Mapped[str] = mapped_column(String(64), unique=True)
    phone_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    chat_digest: Mapped[str] = mapped_column(String(64), unique=True)
    chat_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    linked_at: Mapped[datetime]


class SubscriberExportRow(Base):
    """One export of the list of subscribers: who took it, when and why, and whether with addresses in full."""

    __tablename__ = "subscriber_exports"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(200))
    full: Mapped[bool] = mapped_column(Boolean)
    contacts: Mapped[int]
