"""Whether and where a reply of the office reaches the resident by itself."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from notifier.subscriptions.addresses import AddressRefusedError, normalise
from notifier.subscriptions.models import SuppressionRow
from notifier.subscriptions.service import Subscriptions

SENT_ON = frozenset({"telegram", "sms"})
"""Channels to which a reply is sent; on the page an open conversation shows it by itself."""


class Reach(StrEnum):
    """How a reply reaches the resident."""

    LETTER = "letter"  # it is sent to the chat or number from which the resident wrote
    STOPPED = "stopped"  # it cannot be sent: the resident wants no SMS
    CONVERSATION = "conversation"  # an open conversation shows it
    STAFF = "staff"  # somebody must call or write an e-mail
    NUMBER = "number"  # the resident asks by the number of the message


def address_in(contact: str) -> str:
    """Return the address of a sender as a handoff keeps it ("sms:+48…")."""
    return contact.partition(":")[2]


async def has_stopped(
    session: AsyncSession, subscriptions: Subscriptions, channel: str, address: str, since: datetime
) -> bool:
    """Whether the owner of a number has said STOP since then, when the message was left.

    Whoever wrote to the office after a STOP wants this one answer; a complaint always counts.
    """
    if channel != "sms":
        # A chat that is left refuses the message itself; ending notifications is no wish for silence there.
        return False
    try:
        digest = subscriptions.digest(channel, normalise(channel, address))
    except AddressRefusedError:
        return False
    stop = await session.scalar(
        select(SuppressionRow).where(SuppressionRow.channel == channel, SuppressionRow.address_digest == digest)
    )
    # A number that is gone says so itself when it is tried.
    return stop is not None and stop.reason != "gone" and (stop.reason == "complaint" or stop.at >= since)
