"""What a resident chose: from which level of smog, in which hours, for which districts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import HubError
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.quiet import QuietHours
from notifier.subscriptions.repository import replace_districts, running_subscriptions

BEST_LEVEL, WORST_LEVEL = 0, 5
"""Levels of the official index, from very good to very bad."""
LONGEST_PAUSE = timedelta(days=366)
MOST_DISTRICTS = 30
_LOCAL_TOPIC = "announcements"


class ChoiceRefusedError(HubError):
    """A choice that cannot be kept; whoever offers choices offers none of these."""


@dataclass(frozen=True)
class Choices:
    """A contact's choices; a threshold of None means every alert, a pause ends at an aware UTC moment."""

    smog_level: int | None
    quiet: QuietHours | None
    paused_until: datetime | None


def choices_of(contact: ContactRow, now: datetime) -> Choices:
    """Return what a contact chose; a pause that is over is none."""
    paused = contact.paused_until if contact.paused_until and contact.paused_until > now else None
    return Choices(contact.smog_level, QuietHours.of(contact), paused)


def choose_threshold(contact: ContactRow, level: int | None) -> None:
    """Send alerts from that level of the index, or (None) every alert.

    Raises:
        ChoiceRefusedError: there is no such level.
    """
    if level is not None and not BEST_LEVEL <= level <= WORST_LEVEL:
        message = f"The index has the levels {BEST_LEVEL} to {WORST_LEVEL}, and no {level}."
        raise ChoiceRefusedError(message)
    contact.smog_level = level


def choose_quiet_hours(contact: ContactRow, quiet: QuietHours | None) -> None:
    """Hold messages that are not severe in these hours, or (None) in none."""
    contact.quiet_from, contact.quiet_until = (quiet.start, quiet.end) if quiet else (None, None)


def pause(contact: ContactRow, until: datetime | None, now: datetime) -> None:
    """Send nothing until then; None, or a moment that has passed, ends a pause.

    Raises:
        ChoiceRefusedError: longer than LONGEST_PAUSE, which is rather a reason to unsubscribe.
    """
    if until is not None and until - now > LONGEST_PAUSE:
        message = f"A pause lasts {LONGEST_PAUSE.days} days at most."
        raise ChoiceRefusedError(message)
    contact.paused_until = until if until is not None and until > now else None


async def choose_districts(session: AsyncSession, contact: ContactRow, districts: Collection[str]) -> bool:
    """Limit announcements to these districts (their ids), or to none: the whole city; False without announcements.

    Raises:
        ChoiceRefusedError: more than MOST_DISTRICTS.
    """
    if len(set(districts)) > MOST_DISTRICTS:
        message = f"At most {MOST_DISTRICTS} districts can be chosen; for more take the whole city."
        raise ChoiceRefusedError(message)
    running = await running_subscriptions(session, contact.id)
    local = next((row for row in running if row.topic == _LOCAL_TOPIC), None)
    if local is None:
        return False
    await replace_districts(session, local.id, districts)
    return True
