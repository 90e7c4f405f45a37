"""Codes that link a Telegram account to a phone, and the pairs of addresses that are one person."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_25_linked"
down_revision: str | None = "2026_11_25_teaching"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "link_codes",
        sa.Column("chat_digest", sa.String(64), nullable=False),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("code_digest", sa.String(64), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("chat_digest", name=op.f("pk_link_codes")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_link_codes_code_digest")),
    )
    op.create_index(op.f("ix_link_codes_expires_at"), "link_codes", ["expires_at"])
    op.create_table(
        "linked_addresses",
        sa.Column("id", _ID, nullable=False),
        sa.Column("phone_digest", sa.String(64), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("chat_digest", sa.String(64), nullable=False),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_addresses")),
        sa.UniqueConstraint("phone_digest", name=op.f("uq_linked_addresses_phone_digest")),
        sa.UniqueConstraint("chat_digest", name=op.f("uq_linked_addresses_chat_digest")),
    )
