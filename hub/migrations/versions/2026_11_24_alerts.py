"""Episodes by kind with their messages; announcements with versions, events, schedules, reminders and their history."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision: str = "2026_11_24_alerts"
down_revision: str | None = "2026_11_24_deliveries"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _episodes()
    _alert_messages()
    _announcements()
    _history()


def _episodes() -> None:
    running = sa.text("ended_at IS NULL")
    op.drop_index("uq_alert_episodes_running", "alert_episodes")
    with op.batch_alter_table("alert_episodes") as batch_op:
        batch_op.add_column(sa.Column("zone", sa.String(40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("kind", sa.String(60), server_default="air", nullable=False))
        batch_op.add_column(sa.Column("raised", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("seen", sa.JSON(), server_default="{}", nullable=False))
        batch_op.alter_column("last_level_at", new_column_name="measured_at", existing_type=sa.DateTime(timezone=True))
        batch_op.alter_column(
            "calm_readings", new_column_name="calm", existing_type=sa.Integer(), type_=sa.SmallInteger()
        )
        batch_op.alter_column("level", existing_type=sa.Integer(), type_=sa.SmallInteger())
        batch_op.alter_column(
            "alerted_level",
            new_column_name="told_level",
            existing_type=sa.Integer(),
            type_=sa.SmallInteger(),
            nullable=True,
        )
        batch_op.alter_column("alerted_on", new_column_name="told_on", existing_type=sa.Date(), nullable=True)
    op.execute("UPDATE alert_episodes SET zone = CAST(station_id AS VARCHAR(40))")
    with op.batch_alter_table("alert_episodes") as batch_op:
        batch_op.drop_column("station_id")
        for column in ("zone", "kind", "raised", "seen"):
            batch_op.alter_column(column, server_default=None)
    op.create_index(
        "uq_alert_episodes_running",
        "alert_episodes",
        ["zone", "kind"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )


def _alert_messages() -> None:
    op.create_table(
        "alert_messages",
        sa.Column("id", _ID, nullable=False),
        sa.Column("episode_id", _ID, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("severity", sa.String(10), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sms", sa.Text(), nullable=False),
        sa.Column("measured_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("decide_by", UtcDateTime(), nullable=False),
        sa.Column("at_deadline", sa.String(10), nullable=False),
        sa.Column("staff_told_at", UtcDateTime(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(80), nullable=True),
        sa.Column("decision_reason", sa.String(300), nullable=True),
        sa.Column("identifier", sa.String(80), nullable=True),
        sa.Column("msg_type", sa.String(10), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("broadcast_id", _ID, nullable=True),
        sa.CheckConstraint(
            "state IN ('held', 'sent', 'rejected', 'lapsed', 'withdrawn')", name=op.f("ck_alert_messages_state")
        ),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name=op.f("fk_alert_messages_broadcast_id_broadcasts")
        ),
        sa.ForeignKeyConstraint(
            ["episode_id"],
            ["alert_episodes.id"],
            name=op.f("fk_alert_messages_episode_id_alert_episodes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_messages")),
        sa.UniqueConstraint("identifier", name=op.f("uq_alert_messages_identifier")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_messages_key")),
    )
    held = sa.text("state = 'held'")
    op.create_index(op.f("ix_alert_messages_episode_id"), "alert_messages", ["episode_id"])
    op.create_index("ix_alert_messages_held", "alert_messages", ["id"], sqlite_where=held, postgresql_where=held)
    op.create_index("ix_alert_messages_sent_at", "alert_messages", ["sent_at"])


def _announcements() -> None:
    with op.batch_alter_table("announcements") as batch_op:
        batch_op.drop_constraint(op.f("ck_announcements_state"), type_="check")
    # What was approved under the old hash is read again by the approver.
    op.execute("UPDATE announcements SET approved_at = NULL, approved_by = NULL WHERE state = 'approved'")
    op.execute("UPDATE announcements SET state = 'in_review' WHERE state IN ('submitted', 'approved')")
    # The regular work on announcements ends those that are out.
    op.execute("UPDATE announcements SET state = 'sending' WHERE state = 'published'")
    with op.batch_alter_table("announcements") as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("variants", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("districts", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("channels", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("event_starts_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("event_ends_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("event_place", sa.String(200), nullable=True))
        batch_op.add_column(sa.Column("event_registration", sa.String(300), nullable=True))
        batch_op.add_column(sa.Column("expires_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("corrects_id", _ID, nullable=True))
        batch_op.add_column(sa.Column("is_retraction", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("is_on_web", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("idempotency_key", sa.String(255), nullable=True))
        batch_op.add_column(sa.Column("created_hash", sa.String(64), server_default="", nullable=False))
        batch_op.add_column(sa.Column("scheduled_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("published_at", UtcDateTime(), nullable=True))
        batch_op.alter_column("content_hash", new_column_name="approved_hash", existing_type=sa.String(64))
        batch_op.create_unique_constraint(op.f("uq_announcements_idempotency_key"), ["idempotency_key"])
        batch_op.create_foreign_key(
            op.f("fk_announcements_corrects_id_announcements"), "announcements", ["corrects_id"], ["id"]
        )
        batch_op.create_check_constraint(
            "state",
            "state IN ('draft', 'in_review', 'returned', 'approved', 'scheduled', 'sending', 'paused', 'sent', "
            "'cancelled', 'expired')",
        )
        batch_op.create_check_constraint("event", "event_starts_at IS NULL OR event_place IS NOT NULL")
    op.execute("UPDATE announcements SET approved_hash = NULL")
    op.execute(
        "UPDATE announcements SET published_at = "
        "(SELECT broadcasts.created_at FROM broadcasts WHERE broadcasts.id = announcements.broadcast_id)"
    )
    with op.batch_alter_table("announcements") as batch_op:
        for column in ("version", "variants", "districts", "channels", "is_retraction", "is_on_web", "created_hash"):
            batch_op.alter_column(column, server_default=None)
    op.create_index(op.f("ix_announcements_corrects_id"), "announcements", ["corrects_id"])
    op.create_index("ix_announcements_published_at", "announcements", ["published_at"])
    op.create_index("ix_announcements_state_scheduled_at", "announcements", ["state", "scheduled_at"])


def _history() -> None:
    op.create_table(
        "announcement_moves",
        sa.Column("id", _ID, nullable=False),
        sa.Column("announcement_id", _ID, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("from_state", sa.String(10), nullable=True),
        sa.Column("to_state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(300), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"], ["announcements.id"], name=op.f("fk_announcement_moves_announcement_id_announcements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_moves")),
    )
    op.create_index(op.f("ix_announcement_moves_announcement_id"), "announcement_moves", ["announcement_id"])
    # Whoever wrote an announcement may not approve it, also one of before this history began.
    op.execute(
        "INSERT INTO announcement_moves (announcement_id, at, actor, role, action, to_state, version, content_hash) "
        "SELECT id, created_at, created_by, 'person', 'draft', 'draft', 1, '' FROM announcements ORDER BY id"
    )
    op.create_table(
        "announcement_reminders",
        sa.Column("id", _ID, nullable=False),
        sa.Column("announcement_id", _ID, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(20), nullable=True),
        sa.Column("broadcast_id", _ID, nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'skipped')", name=op.f("ck_announcement_reminders_state")),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("fk_announcement_reminders_announcement_id_announcements"),
        ),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name=op.f("fk_announcement_reminders_broadcast_id_broadcasts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_reminders")),
        sa.UniqueConstraint("announcement_id", "kind", name=op.f("uq_announcement_reminders_announcement_id_kind")),
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_announcement_reminders_waiting",
        "announcement_reminders",
        ["due_at"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
