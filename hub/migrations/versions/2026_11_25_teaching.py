"""Sentences that staff taught or passed over, and the trainings of the language model."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_25_teaching"
down_revision: str | None = "2026_11_25_alert_rules"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "taught_sentences",
        sa.Column("id", _ID, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("intent", sa.String(40), nullable=False),
        sa.Column("text", sa.String(200), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.String(80), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taught_sentences")),
    )
    in_use = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "uq_taught_sentences_in_use",
        "taught_sentences",
        ["digest"],
        unique=True,
        sqlite_where=in_use,
        postgresql_where=in_use,
    )
    op.create_table(
        "passed_over_sentences",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_passed_over_sentences")),
    )
    _trainings()


def _trainings() -> None:
    op.create_table(
        "trainings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("requested_by", sa.String(80), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("sentence_ids", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("model", sa.String(16), nullable=True),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(80), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'ready', 'refused', 'failed', 'interrupted', 'promoted', 'discarded', "
            "'rolled_back')",
            name=op.f("ck_trainings_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    is_open = sa.text("is_open")
    op.create_index(
        "uq_trainings_open", "trainings", ["is_open"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
