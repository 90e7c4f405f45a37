"""Ratings of answers."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_24_ratings"
down_revision: str | None = "2026_11_24_staff"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ratings",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("turn_id", _NUMBER, nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=True),
        sa.Column("comment", sa.String(length=300), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("reason IN ('wrong', 'off_topic', 'unclear')", name=op.f("ck_ratings_reason")),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name=op.f("fk_ratings_turn_id_turns"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_ratings_turn_id")),
    )
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.create_index("ix_ratings_helpful_at", ["helpful", "at"], unique=False)
