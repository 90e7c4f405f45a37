"""The account of an announcement, message by message, and as a file."""

from datetime import datetime

from fastapi import Request, Response

from api.panel.announcements.shown import context, known, number_of
from api.panel.announcements.words import CHANNELS
from api.panel.delivery_words import DELIVERIES, failure
from api.panel.forms import Fields, query, row_number
from api.panel.rendering import page
from api.panel.routing import room_router
from api.panel.tables import csv_file
from api.panel.visit import Here, Used
from core.clock import warsaw
from notifier.announcements.recipients import Recipient
from notifier.deliveries.states import DeliveryState

router = room_router()

_ON_A_PAGE = 100
_COLUMNS = ("numer", "kanał", "odbiorca", "stan", "powód", "próba", "części SMS", "wysłano", "zakończono")


@router.get("/{announcement}/odbiorcy")
async def ledger(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Show the messages in the order of sending."""
    fields, newsroom = query(request), used.newsroom
    after = row_number(fields, "po") or 0
    with known():
        found = await newsroom.desk.show(visit.actor, number_of(announcement))
        rows = await newsroom.recipients.listed(visit.actor, found.id, _state(fields), _ON_A_PAGE + 1, after)
    return page(
        request,
        "announcements/recipients.html",
        announcement=found,
        rows=rows[:_ON_A_PAGE],
        later=rows[_ON_A_PAGE - 1].id if len(rows) > _ON_A_PAGE else None,
        state=_state(fields),
        **context(newsroom),
    )


@router.get("/{announcement}/odbiorcy.csv")
async def ledger_file(announcement: str, request: Request, visit: Here, used: Used) -> Response:
    """Return the messages as a table."""
    with known():
        asked = number_of(announcement)
        rows = await used.newsroom.recipients.exported(visit.actor, asked, _state(query(request)))
    return csv_file(f"komunikat-{asked}-odbiorcy.csv", _COLUMNS, map(_cells, rows))


def _state(fields: Fields) -> DeliveryState | None:
    return next((state for state in DeliveryState if state.value == fields.raw("stan")), None)


def _cells(row: Recipient) -> tuple[object, ...]:
    channel, reason = CHANNELS.get(row.channel, row.channel), failure(row.error) if row.error else ""
    told = row.id, channel, row.address.removeprefix("+48").strip(), DELIVERIES[row.state], reason, row.round + 1
    return *told, row.parts, _local(row.sent_at), _local(row.finished_at)


def _local(moment: datetime | None) -> str:
    return warsaw(moment).isoformat(sep=" ", timespec="seconds") if moment else ""
