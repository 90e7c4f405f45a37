"""Broadcasts that pause, with texts by channel; repeated and doubtful deliveries; spending, runs of jobs, notices."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_24_deliveries"
down_revision: str | None = "2026_11_24_subscriptions"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("broadcasts") as batch_op:
        batch_op.add_column(sa.Column("variants", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("state", sa.String(10), server_default="sending", nullable=False))
        batch_op.add_column(sa.Column("is_severe", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("audience", sa.JSON(), server_default="{}", nullable=False))
        batch_op.create_check_constraint("state", "state IN ('sending', 'paused', 'cancelled')")
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.alter_column("delivery_id", existing_type=_ID, nullable=True)
    _deliveries()
    op.create_table(
        "spending",
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "day", name=op.f("pk_spending")),
    )
    op.create_table(
        "job_runs",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("succeeded_at", UtcDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(60), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "staff_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_staff_notices_key")),
    )
    unsent = sa.text("sent_at IS NULL")
    op.create_index(
        "ix_staff_notices_waiting", "staff_notices", ["first_at"], sqlite_where=unsent, postgresql_where=unsent
    )
    op.create_index("ix_staff_notices_sent_at", "staff_notices", ["sent_at"])


def _deliveries() -> None:
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.add_column(sa.Column("round", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("repeats_id", _ID, nullable=True))
        batch_op.add_column(sa.Column("parts", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("can_repeat", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("check_at", UtcDateTime(), nullable=True))
        batch_op.drop_constraint(op.f("uq_deliveries_broadcast_id_contact_id_channel"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_deliveries_broadcast_id_contact_id_channel_round"),
            ["broadcast_id", "contact_id", "channel", "round"],
        )
        batch_op.create_unique_constraint(op.f("uq_deliveries_repeats_id"), ["repeats_id"])
        batch_op.create_foreign_key(
            op.f("fk_deliveries_repeats_id_deliveries"), "deliveries", ["repeats_id"], ["id"], ondelete="CASCADE"
        )
    checked, leased = sa.text("check_at IS NOT NULL"), sa.text("lease_token IS NOT NULL")
    op.create_index(
        "ix_deliveries_check_at",
        "deliveries",
        ["channel", "check_at"],
        sqlite_where=checked,
        postgresql_where=checked,
    )
    op.create_index(
        "ix_deliveries_lease_token", "deliveries", ["lease_token"], sqlite_where=leased, postgresql_where=leased
    )
