"""Replies of the office that are sent; what staff were told of; how long things are kept, the audit log included."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_25_office"
down_revision: str | None = "2026_11_24_alerts"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_REFUSAL = "audit_log is append-only"
# What core.audit.keeping names, written out: a migration stays as it was when the constant changes.
_KEPT_DAYS = 365


def upgrade() -> None:
    _letters()
    with op.batch_alter_table("handoffs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_at", UtcDateTime(), nullable=True))
        batch_op.create_index("ix_handoffs_told_at", ["told_at"], unique=False)
    # Nobody is told anew of what has been waiting.
    op.execute("UPDATE handoffs SET told_at = created_at")
    op.create_table(
        "retention_periods",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_retention_periods_days")),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_retention_periods")),
    )
    _let_the_audit_log_forget()


def _letters() -> None:
    op.create_table(
        "handoff_letters",
        sa.Column("id", _ID, nullable=False),
        sa.Column("step_id", _ID, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sending_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("provider_id", sa.String(length=64), nullable=True),
        sa.Column("trouble", sa.String(length=20), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("parts", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'delivered', 'failed')", name=op.f("ck_handoff_letters_state")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["handoff_steps.id"], name=op.f("fk_handoff_letters_step_id_handoff_steps"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_letters")),
        sa.UniqueConstraint("step_id", name=op.f("uq_handoff_letters_step_id")),
    )
    op.create_index(
        "ix_handoff_letters_due_at",
        "handoff_letters",
        ["channel", "due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )


def _let_the_audit_log_forget() -> None:
    """Let what is older than the shortest allowed period be deleted; nothing else, by nobody, ever."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_log_no_delete")
        op.execute(
            "CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log "
            f"WHEN OLD.at > datetime('now', '-{_KEPT_DAYS} days') "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
        return
    op.execute("DROP TRIGGER audit_log_no_change ON audit_log")
    op.execute(
        "CREATE TRIGGER audit_log_no_change BEFORE UPDATE OR TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )
    op.execute(
        "CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log FOR EACH ROW "
        f"WHEN (OLD.at > now() - interval '{_KEPT_DAYS} days') EXECUTE FUNCTION refuse_audit_change()"
    )
