"""Contacts of every kind, written straight into the tables, and the rules of an audience told a second time."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from notifier.audience.filters import Audience, Exclusion
from notifier.broadcasts.models import BroadcastRow
from notifier.deliveries.models import DeliveryRow
from notifier.subscriptions.models import ContactRow, SubscriptionDistrictRow, SubscriptionRow

REACHED = {"pending", "leased", "sent", "delivered", "unknown"}


@dataclass(frozen=True)
class Resident:
    """Who may get a message: `topics` are the running subscriptions with their districts, `told` earlier deliveries."""

    channel: str = "sms"
    state: str = "active"
    topics: dict[str, frozenset[str]] = field(default_factory=lambda: {"smog": frozenset()})
    left: frozenset[str] = frozenset()
    smog_level: int | None = None
    paused_days: int = 0
    told: dict[int, str] = field(default_factory=dict)

    def reason_against(self, audience: Audience) -> Exclusion | None:
        """Return why this resident does not get a message, as the brief of the city has it."""
        wanted = {topic: districts for topic, districts in self.topics.items() if topic in audience.topics}
        local = any(not districts or districts & audience.districts for districts in wanted.values())
        checks = {
            Exclusion.STOPPED: self.state == "stopped",
            Exclusion.GONE: self.state == "gone",
            Exclusion.PAUSED: self.paused_days > 0,
            Exclusion.NO_CONSENT: not wanted,
            Exclusion.OTHER_DISTRICT: bool(audience.districts) and not local,
            Exclusion.HIGHER_THRESHOLD: audience.level is not None and (self.smog_level or 0) > audience.level,
            Exclusion.NOT_FOLLOWED: bool(audience.follows)
            and not any(self.told.get(each) in REACHED for each in audience.follows),
        }
        return next((reason for reason, holds in checks.items() if holds), None)


def broadcast(broadcast_id: int, now: datetime) -> BroadcastRow:
    """Return a broadcast that deliveries may belong to."""
    return BroadcastRow(
        id=broadcast_id,
        key=f"b{broadcast_id}",
        kind="announcement",
        topic="smog",
        title="Tytuł",
        body="Treść",
        priority=10,
        created_at=now,
    )


async def settle(session: AsyncSession, residents: list[Resident], now: datetime) -> list[int]:
    """Store residents and return the ids of their contacts."""
    ids = []
    for number, resident in enumerate(residents):
        contact = ContactRow(
            channel=resident.channel,
            address_sealed=b"sealed",
            address_digest=f"{number:064}",
            state=resident.state,
            smog_level=resident.smog_level,
            paused_until=now + timedelta(days=resident.paused_days),
            created_at=now,
        )
        session.add(contact)
        await session.flush()
        ids.append(contact.id)
        await _subscribe(session, contact.id, resident, now)
        for broadcast_id, state in resident.told.items():
            session.add(_delivery(broadcast_id, contact, state, now))
    await session.flush()
    return ids


async def _subscribe(session: AsyncSession, contact_id: int, resident: Resident, now: datetime) -> None:
    for topic in resident.left:
        session.add(SubscriptionRow(contact_id=contact_id, topic=topic, created_at=now, ended_at=now))
    for topic, districts in resident.topics.items():
        row = SubscriptionRow(contact_id=contact_id, topic=topic, created_at=now)
        session.add(row)
        await session.flush()
        session.add_all(SubscriptionDistrictRow(subscription_id=row.id, district=name) for name in districts)


def _delivery(broadcast_id: int, contact: ContactRow, state: str, now: datetime) -> DeliveryRow:
    return DeliveryRow(
        broadcast_id=broadcast_id,
        contact_id=contact.id,
        channel=contact.channel,
        priority=10,
        state=state,
        due_at=now,
        attempts=0,
    )
