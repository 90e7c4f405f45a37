"""How an approved announcement becomes a broadcast, and what it does to the one that it corrects or takes back."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from notifier.announcements.chains import check_alone
from notifier.announcements.content import Content, content_of
from notifier.announcements.errors import ContentChangedError
from notifier.announcements.models import AnnouncementRow
from notifier.announcements.moves import SYSTEM, move
from notifier.announcements.reminders import planned, skip
from notifier.announcements.repository import get
from notifier.announcements.rules import check_in_time
from notifier.announcements.states import PUBLISHED, Action, AnnouncementState
from notifier.announcements.texts import filled
from notifier.audience.filters import Audience
from notifier.broadcasts.models import BroadcastRow
from notifier.broadcasts.service import Broadcast, BroadcastKind, BroadcastState, publish, set_state
from notifier.channels.registry import NAMES

ANNOUNCEMENTS, EVENTS = "announcements", "events"


async def put_out(session: AsyncSession, row: AnnouncementRow, now: datetime) -> None:
    """Publish the announcement in exactly the words, to exactly the audience, that were approved.

    Raises:
        ContentChangedError: it is not what was approved, or nothing was.
        ContentRefusedError: it is out of date, or another one corrects the same announcement.
    """
    content = content_of(row)
    if row.approved_hash != content.hash():
        raise ContentChangedError(row.id)
    check_in_time(content, now)
    original = None if content.corrects is None else await get(session, content.corrects, lock=True)
    if original:
        await check_alone(session, original.id, row.id)
    if original and content.is_retraction:
        # What still waits is stopped first: only those who got it hear that it is taken back.
        await _overtake(session, original, row.id, "taken_back", now)
    row.broadcast_id = await publish(session, await _broadcast(session, row, content, now))
    row.published_at = now
    if original and not content.is_retraction:
        # Who still waits for the original gets the corrected one instead.
        await _overtake(session, original, row.id, "corrected", now)
    if content.event:
        session.add_all(planned(row.id, content.event, now))
    await session.flush()


async def audience_of(session: AsyncSession, content: Content) -> Audience:
    """Return who gets an announcement; a correction goes to those who got the original, or still would."""
    topic, follows = EVENTS if content.event else ANNOUNCEMENTS, frozenset[int]()
    if content.corrects is not None:
        original = await get(session, content.corrects)
        broadcast = await session.get_one(BroadcastRow, original.broadcast_id)
        topic, follows = broadcast.topic, frozenset({broadcast.id})
    return Audience(
        frozenset({topic}),
        channels=frozenset(content.channels),
        districts=frozenset(content.districts),
        follows=follows,
    )


async def _broadcast(session: AsyncSession, row: AnnouncementRow, content: Content, now: datetime) -> Broadcast:
    audience = await audience_of(session, content)
    return Broadcast(
        f"announcement:{row.id}",
        BroadcastKind.ANNOUNCEMENT,
        next(iter(audience.topics)),
        filled(content.title, content.event),
        filled(content.body, content.event),
        now,
        content.ends_at,
        variants={name: filled(content.text_for(name), content.event) for name in NAMES if name in content.variants},
        audience=audience,
    )


async def _overtake(session: AsyncSession, original: AnnouncementRow, successor: int, why: str, now: datetime) -> None:
    """Stop what is left of an announcement that another one replaces."""
    await skip(session, original.id, why)
    if original.broadcast_id is not None and AnnouncementState(original.state) in PUBLISHED:
        await set_state(session, original.broadcast_id, BroadcastState.CANCELLED, now)
    if original.state in {AnnouncementState.SENDING, AnnouncementState.PAUSED}:
        await move(session, original, Action.CANCEL, SYSTEM, now, f"zastąpiony komunikatem {successor}")
