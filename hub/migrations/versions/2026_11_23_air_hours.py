"""Hours, official means of days and notices of the air; how each source of live data is doing."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_23_air_hours"
down_revision: str | None = "2026_11_23_notifier"


def upgrade() -> None:
    op.create_table(
        "air_day_means",
        sa.Column("station_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("station_id", "day", name=op.f("pk_air_day_means")),
    )
    op.create_table(
        "air_hours",
        sa.Column("station_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pollutant", sa.String(length=16), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("measured_at", UtcDateTime(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("station_id", "pollutant", "sample", "measured_at", name=op.f("pk_air_hours")),
    )
    with op.batch_alter_table("air_hours", schema=None) as batch_op:
        batch_op.create_index("ix_air_hours_measured_at", ["measured_at"], unique=False)

    op.create_table(
        "air_notices",
        sa.Column("station_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("pollutant", sa.String(length=16), nullable=True),
        sa.Column("norm", sa.String(length=300), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("highest", sa.Double(), nullable=True),
        sa.Column("precautions", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("station_id", "position", name=op.f("pk_air_notices")),
    )
    op.create_table(
        "source_statuses",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("last_success_at", UtcDateTime(), nullable=True),
        sa.Column("as_of", UtcDateTime(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("last_error_at", UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.String(length=500), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_source_statuses")),
    )


def downgrade() -> None:
    op.drop_table("source_statuses")
    op.drop_table("air_notices")
    with op.batch_alter_table("air_hours", schema=None) as batch_op:
        batch_op.drop_index("ix_air_hours_measured_at")

    op.drop_table("air_hours")
    op.drop_table("air_day_means")
