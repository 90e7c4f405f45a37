"""Table of broadcasts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, SmallInteger, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, Identity
from notifier.channels.way_out import way_out


class BroadcastRow(Base):
    """A published message; nothing is sent after `expires_at` or unless `state` is "sending".

    A severe one passes quiet hours. `variants` are texts of their own by channel; `audience` holds the filters by which
    its deliveries were planned.
    """

    __tablename__ = "broadcasts"
    __table_args__ = (
        CheckConstraint("kind IN ('alert', 'announcement')", name="kind"),
        CheckConstraint("state IN ('sending', 'paused', 'cancelled')", name="state"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    variants: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    priority: Mapped[int] = mapped_column(SmallInteger)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10), default="sending", server_default="sending")
    is_severe: Mapped[bool] = mapped_column(default=False, server_default=false())
    audience: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")

    def text_for(self, channel: str) -> str:
        """Return the text that goes out on a channel: its own, else the common one; an SMS names the way out.

        In Telegram the channel names it, which knows residents from channels of the city.
        """
        text = str(self.variants.get(channel, self.body))
        return text + way_out(channel, f"{self.title}\n{text}") if channel == "sms" else text
