"""Subscriptions: districts, choices of residents, suppressed addresses, sign-ups on the web, exports."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_24_subscriptions"
down_revision: str | None = "2026_11_24_ratings"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("contacts") as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(2), server_default="pl", nullable=False))
        batch_op.add_column(sa.Column("smog_level", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("quiet_from", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column("paused_until", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("link_digest", sa.String(64), nullable=True))
        batch_op.create_unique_constraint("uq_contacts_link_digest", ["link_digest"])
        batch_op.create_check_constraint("quiet_hours", "(quiet_from IS NULL) = (quiet_until IS NULL)")
    with op.batch_alter_table("consents") as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(10), server_default="chat", nullable=False))
        batch_op.add_column(sa.Column("evidence", sa.String(120), nullable=True))
        batch_op.create_check_constraint("source", "source IN ('chat', 'web', 'link', 'staff', 'import', 'provider')")
    op.create_table(
        "subscription_districts",
        sa.Column("subscription_id", _ID, nullable=False),
        sa.Column("district", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name=op.f("fk_subscription_districts_subscription_id_subscriptions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscription_id", "district", name=op.f("pk_subscription_districts")),
    )
    op.create_table(
        "suppressions",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address_digest", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(10), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("reason IN ('asked', 'gone', 'complaint')", name=op.f("ck_suppressions_reason")),
        sa.PrimaryKeyConstraint("channel", "address_digest", name=op.f("pk_suppressions")),
    )
    op.create_table(
        "sign_ups",
        sa.Column("ticket_digest", sa.String(64), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("code_digest", sa.String(64), nullable=False),
        sa.Column("tries_left", sa.SmallInteger(), nullable=False),
        sa.Column("codes_left", sa.SmallInteger(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_digest", name=op.f("pk_sign_ups")),
    )
    op.create_index(op.f("ix_sign_ups_expires_at"), "sign_ups", ["expires_at"])
    op.create_table(
        "subscriber_exports",
        sa.Column("id", _ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber_exports")),
    )
    op.execute(
        "INSERT INTO subscription_districts (subscription_id, district) "
        "SELECT id, district FROM subscriptions WHERE district IS NOT NULL"
    )
    op.execute(
        "INSERT INTO suppressions (channel, address_digest, reason, at) "
        "SELECT channel, address_digest, CASE state WHEN 'gone' THEN 'gone' ELSE 'asked' END, CURRENT_TIMESTAMP "
        "FROM contacts WHERE state <> 'active'"
    )
    with op.batch_alter_table("subscriptions") as batch_op:
        batch_op.drop_column("district")
        batch_op.drop_constraint(op.f("ck_subscriptions_topic"), type_="check")
        batch_op.create_check_constraint("topic", "topic IN ('smog', 'announcements', 'events')")
