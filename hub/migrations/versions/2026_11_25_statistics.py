"""How long an answer took, and the index that counts of turns are read from."""

import sqlalchemy as sa
from alembic import op

revision: str = "2026_11_25_statistics"
down_revision: str | None = "2026_11_25_office"


def upgrade() -> None:
    op.add_column("turns", sa.Column("took_ms", sa.Integer(), nullable=True))
    op.create_index("ix_turns_at", "turns", ["at", "intent", "decision", "took_ms"])
