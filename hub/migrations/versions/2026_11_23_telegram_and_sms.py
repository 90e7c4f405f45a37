"""Messages from Telegram and SMS: taken in, answered once."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_23_channels"
down_revision: str | None = "2026_11_23"


def upgrade() -> None:
    op.create_table(
        "sms_replies",
        sa.Column("message", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_sms_replies")),
    )
    with op.batch_alter_table("sms_replies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sms_replies_received_at"), ["received_at"], unique=False)
        batch_op.create_index("ix_sms_replies_sender_received_at", ["sender", "received_at"], unique=False)

    op.create_table(
        "telegram_payloads",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_telegram_payloads")),
    )
    with op.batch_alter_table("telegram_payloads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telegram_payloads_offered_at"), ["offered_at"], unique=False)

    op.create_table(
        "telegram_updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("raw", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_telegram_updates")),
    )
    with op.batch_alter_table("telegram_updates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_telegram_updates_received_at"), ["received_at"], unique=False)
        batch_op.create_index("ix_telegram_updates_state_chat_id", ["state", "chat_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("telegram_updates", schema=None) as batch_op:
        batch_op.drop_index("ix_telegram_updates_state_chat_id")
        batch_op.drop_index(batch_op.f("ix_telegram_updates_received_at"))

    op.drop_table("telegram_updates")
    with op.batch_alter_table("telegram_payloads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_telegram_payloads_offered_at"))

    op.drop_table("telegram_payloads")
    with op.batch_alter_table("sms_replies", schema=None) as batch_op:
        batch_op.drop_index("ix_sms_replies_sender_received_at")
        batch_op.drop_index(batch_op.f("ix_sms_replies_received_at"))

    op.drop_table("sms_replies")
