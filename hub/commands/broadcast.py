"""`hub broadcast …`: write an announcement, read it, approve it as a second person, and see to its sending."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from core.settings import Settings
from hub.bootstrap import Foundation, foundation
from hub.messaging import announcements as composed
from hub.migrations.run import upgrade
from notifier.announcements.content import Content
from notifier.announcements.moves import Actor
from notifier.announcements.repository import get
from notifier.announcements.texts import filled
from notifier.audience.filters import Exclusion
from notifier.deliveries.clock import server_time
from notifier.deliveries.progress import Progress, progress
from notifier.pricing import Spelling


async def announce(settings: Settings, title: str, body: str, author: str) -> None:
    """Write an announcement, submit it and print how it is approved."""
    async with _opened(settings) as base:
        announcements = composed.announcements(base)
        draft = await announcements.draft(Content(title, body), Actor(author))
        await announcements.submit(draft.id, Actor(author))
    print(f"Announcement {draft.id} waits for approval. A second person reads and approves it:")
    print(f"  hub broadcast show {draft.id}")
    print(f"  hub broadcast preview {draft.id}")
    print(f'  hub broadcast approve {draft.id} --by "NAME"')


async def show(settings: Settings, announcement_id: int) -> None:
    """Print an announcement as residents will read it."""
    async with _opened(settings) as base:
        shown = await composed.announcements(base).show(announcement_id)
    title, body = (filled(text, shown.content.event) for text in (shown.content.title, shown.content.body))
    print(f"Announcement {shown.id}, {shown.state}, written by {shown.author}:\n\n{title}\n{body}")


async def preview(settings: Settings, announcement_id: int) -> None:
    """Print whom an announcement would go to now, who is left out and why, and what the SMS cost."""
    async with _opened(settings) as base:
        seen = await composed.preview(base, announcement_id)
    print(f"Recipients: {seen.total}{_listed(seen.recipients)}")
    print(f"Left out: {sum(seen.excluded.values())}{_listed(seen.excluded)}")
    print(f"In quiet hours now: {seen.waiting}")
    if seen.sms:
        print(_cost("SMS without Polish letters, as sent", seen.sms.plain, seen.sms.currency))
        print(_cost("SMS with Polish letters", seen.sms.as_written, seen.sms.currency))
    for sample in seen.samples:
        print(f"\n{sample.channel} {sample.recipient}\n{sample.text}")


async def approve(settings: Settings, announcement_id: int, approver: str) -> None:
    """Approve an announcement, publish it and print how many residents it goes to."""
    async with _opened(settings) as base:
        announcements = composed.announcements(base)
        await announcements.approve(announcement_id, Actor(approver))
        published = await announcements.publish(announcement_id, Actor(approver))
    print(f"Announcement {published.id} is published; recipients: {published.recipients}.")


async def status(settings: Settings, announcement_id: int) -> None:
    """Print how far the sending has come."""
    async with _opened(settings) as base:
        shown = await composed.announcements(base).show(announcement_id)
        async with base.database.read() as session:
            broadcast_id = (await get(session, announcement_id)).broadcast_id
            now = await server_time(session, base.clock.now())
            seen = None if broadcast_id is None else await progress(session, broadcast_id, now)
    print(f"Announcement {shown.id}: {shown.state}")
    if seen:
        print(_progress(seen))


async def pause(settings: Settings, announcement_id: int, by: str) -> None:
    """Halt the sending."""
    async with _opened(settings) as base:
        await composed.announcements(base).pause(announcement_id, Actor(by))
    print(f"Announcement {announcement_id} is paused: at most what a worker holds already still goes out.")


async def resume(settings: Settings, announcement_id: int, by: str) -> None:
    """Send the rest."""
    async with _opened(settings) as base:
        await composed.announcements(base).resume(announcement_id, Actor(by))
    print(f"Announcement {announcement_id} goes on.")


async def cancel(settings: Settings, announcement_id: int, by: str, reason: str) -> None:
    """Stop it for good."""
    async with _opened(settings) as base:
        await composed.announcements(base).cancel(announcement_id, Actor(by), reason)
    print(f"Announcement {announcement_id} is cancelled. Who has it already keeps it: write a retraction for them.")


async def repeat(settings: Settings, announcement_id: int, by: str) -> None:
    """Send it again to those whom it failed to reach and may reach now."""
    async with _opened(settings) as base:
        queued = await composed.sending(base).repeat(announcement_id, Actor(by))
    print(f"Announcement {announcement_id}: {queued} failed deliveries are tried again, asked for by {by}.")


def _listed(counts: Mapping[str, int] | Mapping[Exclusion, int]) -> str:
    return f" ({', '.join(f'{name} {count}' for name, count in counts.items())})" if counts else ""


def _cost(title: str, spelling: Spelling, currency: str) -> str:
    return f"{title}: {spelling.segments} parts each, {spelling.total_segments} in all, {spelling.cost} {currency}"


def _progress(seen: Progress) -> str:
    lines = [
        f"Deliveries: {seen.total}{_listed({state.value: count for state, count in seen.by_state.items()})}",
        f"Waiting: {seen.waiting}; a second: {seen.per_second:.1f}; parts paid for: {seen.parts}",
    ]
    if seen.failures:
        lines.append(f"Not reached:{_listed(seen.failures)}")
    return "\n".join(lines)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Foundation]:
    async with foundation(settings) as base:
        await upgrade(base.database)
        yield base
