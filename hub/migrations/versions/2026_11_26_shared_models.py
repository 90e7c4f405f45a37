"""Which models there are and which one is in service, for panels that cannot see the disk of the language model."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_26_shared_models"
down_revision: str | None = "2026_11_25_linked"


def upgrade() -> None:
    op.create_table(
        "shared_models",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("current", sa.String(16), nullable=True),
        sa.Column("previous", sa.String(16), nullable=True),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_models")),
    )
