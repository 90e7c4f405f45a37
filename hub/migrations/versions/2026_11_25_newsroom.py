"""Templates of announcements, staff's own contacts for samples, and banners."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_25_newsroom"
down_revision: str | None = "2026_11_25_statistics"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "announcement_templates",
        sa.Column("id", _ID, nullable=False),
        sa.Column("folded", sa.String(120), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("body", sa.String(1000), nullable=False),
        sa.Column("variants", sa.JSON(), nullable=False),
        sa.Column("districts", sa.JSON(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_templates")),
        sa.UniqueConstraint("folded", name=op.f("uq_announcement_templates_folded")),
    )
    op.create_table(
        "staff_contacts",
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_accounts.id"],
            name=op.f("fk_staff_contacts_account_id_staff_accounts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "channel", name=op.f("pk_staff_contacts")),
    )
    op.create_table(
        "banners",
        sa.Column("id", _ID, nullable=False),
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(80), nullable=False),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("approved_by", sa.String(80), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(80), nullable=True),
        sa.CheckConstraint("level IN ('info', 'warning', 'danger')", name=op.f("ck_banners_level")),
        sa.CheckConstraint("approved_by <> created_by", name=op.f("ck_banners_four_eyes")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_banners_times")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banners")),
    )
    op.create_index("ix_banners_ends_at", "banners", ["ends_at"])
