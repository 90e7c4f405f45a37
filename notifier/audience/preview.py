"""What staff see before they approve: how many get a message, who does not and why, how it looks, what it costs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.sms_text import to_gsm
from notifier.audience.filters import Audience, Exclusion
from notifier.audience.query import considered, in_quiet_hours, recipients, verdict
from notifier.channels.way_out import way_out
from notifier.pricing import SegmentPrice, SmsCost, sms_cost
from notifier.subscriptions.addresses import masked
from notifier.subscriptions.models import ContactRow
from notifier.subscriptions.quiet import minute_of_day

_SAMPLES = 5
_SMS = "sms"


@dataclass(frozen=True)
class Draft:
    """What is about to be sent: the whole text by channel; a severe message does not wait for quiet hours to end."""

    texts: Mapping[str, str]
    severe: bool = False


@dataclass(frozen=True)
class Sample:
    """One recipient, masked, and the text as it comes."""

    channel: str
    recipient: str
    text: str


@dataclass(frozen=True)
class Preview:
    """Counts are of the moment of looking: whoever signs up or off until the sending is counted then."""

    recipients: Mapping[str, int]
    """By channel; a resident on two channels counts on each."""
    excluded: Mapping[Exclusion, int]
    waiting: int
    """Recipients whose quiet hours hold now: they get it when these end, unless it has expired by then."""
    samples: tuple[Sample, ...]
    sms: SmsCost | None
    """None when nobody gets an SMS."""

    @property
    def total(self) -> int:
        """How many messages go out."""
        return sum(self.recipients.values())

    @classmethod
    def of_nobody(cls) -> "Preview":
        """Return what a message to nobody means."""
        return cls({}, {}, 0, (), None)


class Previews:
    """Looks at audiences; `open_address` returns the address of a contact in clear."""

    def __init__(self, open_address: Callable[[ContactRow], str], price: SegmentPrice) -> None:
        self._open_address = open_address
        self._price = price

    async def preview(self, session: AsyncSession, audience: Audience, draft: Draft, now: datetime) -> Preview:
        """Return what sending the draft to the audience at `now` would mean; nothing is written."""
        counted, excluded = await self._count(session, audience, now)
        waiting = 0 if draft.severe else await self._count_waiting(session, audience, now)
        by_sms = counted.get(_SMS, 0)
        cost = self.sms_cost(draft.texts[_SMS], by_sms) if by_sms and _SMS in draft.texts else None
        return Preview(counted, excluded, waiting, await self._samples(session, audience, draft, now), cost)

    def sms_cost(self, text: str, recipients: int) -> SmsCost:
        """Return what an SMS costs in both spellings at the city's price."""
        return sms_cost(text, recipients, self._price)

    async def _count(
        self, session: AsyncSession, audience: Audience, now: datetime
    ) -> tuple[dict[str, int], dict[Exclusion, int]]:
        judged = select(ContactRow.channel, verdict(audience, now).label("reason")).where(considered(audience))
        each = judged.subquery()
        grouped = select(each.c.channel, each.c.reason, func.count()).group_by(each.c.channel, each.c.reason)
        counted: dict[str, int] = {}
        excluded: dict[Exclusion, int] = {}
        for channel, reason, count in await session.execute(grouped.order_by(each.c.channel)):
            if reason is None:
                counted[channel] = count
            else:
                excluded[Exclusion(reason)] = excluded.get(Exclusion(reason), 0) + count
        return counted, {reason: excluded[reason] for reason in Exclusion if reason in excluded}

    async def _count_waiting(self, session: AsyncSession, audience: Audience, now: datetime) -> int:
        quiet = recipients(audience, now).where(in_quiet_hours(minute_of_day(now))).subquery()
        return await session.scalar(select(func.count()).select_from(quiet)) or 0

    async def _samples(
        self, session: AsyncSession, audience: Audience, draft: Draft, now: datetime
    ) -> tuple[Sample, ...]:
        chosen = recipients(audience, now).order_by(ContactRow.id).limit(_SAMPLES).with_only_columns(ContactRow)
        contacts = (await session.scalars(chosen)).all()
        return tuple(
            Sample(
                contact.channel,
                masked(contact.channel, self._open_address(contact)),
                _as_sent(contact.channel, draft),
            )
            for contact in contacts
        )


def _as_sent(channel: str, draft: Draft) -> str:
    text = draft.texts.get(channel, "")
    sent = text + way_out(channel, text)
    return to_gsm(sent) if channel == _SMS else sent
