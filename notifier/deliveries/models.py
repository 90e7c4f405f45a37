"""Table of deliveries: the queue and the account of every message."""

from datetime import datetime

from sqlalchemy import ForeignKey, SmallInteger, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity
from core.database.partial_index import partial_index
from notifier.deliveries.states import IS_OPEN


class DeliveryRow(Base):
    """One message to one contact; `due_at` is its next turn, and while leased the end of the lease.

    `round` counts the deliveries of one broadcast to one contact: each after the first repeats `repeats_id`, which
    failed. `parts` are those that were paid for. `can_repeat` says of a failure that another try may get through.
    `check_at` is when the provider is asked what became of the message, None when that is settled.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("broadcast_id", "contact_id", "channel", "round"),
        partial_index("ix_deliveries_lease_token", "lease_token", where="lease_token IS NOT NULL"),
        partial_index("ix_deliveries_check_at", "channel", "check_at", where="check_at IS NOT NULL"),
        partial_index("ix_deliveries_open", "channel", "priority", "due_at", where=IS_OPEN),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcasts.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    priority: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[datetime]
    lease_token: Mapped[str | None] = mapped_column(String(32))
    attempts: Mapped[int]
    sending_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    provider_id: Mapped[str | None] = mapped_column(String(64))
    error: Mapped[str | None] = mapped_column(String(60))
    round: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id", ondelete="CASCADE"), unique=True)
    parts: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    can_repeat: Mapped[bool] = mapped_column(default=False, server_default=false())
    check_at: Mapped[datetime | None]
