"""The list of subscribers for staff: masked as a rule, in full only for a reason that is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from content.format import polish_date
from core.clock import Clock, warsaw
from core.errors import HubError
from core.spreadsheet import csv_of
from notifier.subscriptions.addresses import masked
from notifier.subscriptions.models import ContactRow, SubscriberExportRow, SubscriptionRow
from notifier.subscriptions.repository import districts_of
from notifier.subscriptions.service import Subscriptions

_SHORTEST_REASON, _LONGEST_REASON, _LONGEST_NAME = 10, 200, 80
_BATCH = 500


class ExportRefusedError(HubError):
    """A full export needs a name and a reason that says something."""

    def __init__(self) -> None:
        super().__init__(
            f"A full export needs a name and a reason of {_SHORTEST_REASON} to {_LONGEST_REASON} characters."
        )


@dataclass(frozen=True)
class ExportRequest:
    """Who wants the list and why; with `full` the addresses are not masked."""

    by: str
    reason: str
    full: bool = False


class ListExport:
    """Writes the list; every export leaves a row that says who took it."""

    def __init__(self, subscriptions: Subscriptions, clock: Clock) -> None:
        self._subscriptions = subscriptions
        self._clock = clock

    async def write(self, session: AsyncSession, request: ExportRequest, header: Sequence[str]) -> bytes:
        """Return the running subscriptions as CSV for spreadsheets.

        `header` names five columns: channel, address, topic, districts, since. Call it in a writing unit of work.

        Raises:
            ExportRefusedError: nobody is named, or a full export has no reason.
        """
        by, reason = " ".join(request.by.split()), " ".join(request.reason.split())
        needs_reason = request.full and not _SHORTEST_REASON <= len(reason) <= _LONGEST_REASON
        if not 0 < len(by) <= _LONGEST_NAME or needs_reason:
            raise ExportRefusedError
        table: list[Sequence[str]] = [header]
        count, last = 0, 0
        while contacts := await self._batch(session, last):
            table += await self._lines(session, contacts, full=request.full)
            count, last = count + len(contacts), contacts[-1].id
        row = SubscriberExportRow(
            at=self._clock.now(), by=by, reason=reason[:_LONGEST_REASON], full=request.full, contacts=count
        )
        session.add(row)
        await session.flush()
        return csv_of(table)

    async def _batch(self, session: AsyncSession, last: int) -> Sequence[ContactRow]:
        query = select(ContactRow).where(ContactRow.id > last, ContactRow.state == "active")
        return (await session.scalars(query.order_by(ContactRow.id).limit(_BATCH))).all()

    async def _lines(self, session: AsyncSession, contacts: Sequence[ContactRow], *, full: bool) -> list[list[str]]:
        running = await _running(session, [contact.id for contact in contacts])
        ids = [row.id for rows in running.values() for row in rows]
        districts = await districts_of(session, ids)
        return [
            _cells(contact, self._shown(contact, full=full), row, districts.get(row.id, ()))
            for contact in contacts
            for row in running.get(contact.id, ())
        ]

    def _shown(self, contact: ContactRow, *, full: bool) -> str:
        address = self._subscriptions.address(contact)
        shown = address if full else masked(contact.channel, address)
        # Without the plus sign, which would make it a formula; an import reads it all the same.
        return shown.removeprefix("+48").strip()


async def _running(session: AsyncSession, contact_ids: Sequence[int]) -> Mapping[int, Sequence[SubscriptionRow]]:
    query = select(SubscriptionRow).where(
        SubscriptionRow.contact_id.in_(contact_ids), SubscriptionRow.ended_at.is_(None)
    )
    found: dict[int, list[SubscriptionRow]] = defaultdict(list)
    for row in await session.scalars(query.order_by(SubscriptionRow.id)):
        found[row.contact_id].append(row)
    return found


def _cells(contact: ContactRow, shown: str, row: SubscriptionRow, districts: Iterable[str]) -> list[str]:
    since = polish_date(warsaw(row.created_at).date())
    return [contact.channel, shown, row.topic, ", ".join(districts), since]
