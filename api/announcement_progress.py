"""`/api/v1/announcements/{id}/progress` and `/repeat`: how the sending goes, live, and another try for the failed."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.announcement_problems import number_of, refusals_in_polish
from api.json_body import described, read_json
from content.format import iso
from notifier.announcements.moves import KEY_HOLDER
from notifier.announcements.schemas import ReasonPayload
from notifier.announcements.sending import Sending
from notifier.deliveries.progress import Progress
from notifier.deliveries.states import DeliveryState


def add_progress(router: APIRouter, sending: Sending) -> None:
    """Add the routes to those of announcements."""

    # A dependency, because once a stream has begun nothing can be refused any more.
    async def followed(announcement_id: str) -> int:
        with refusals_in_polish():
            return await sending.broadcast(number_of(announcement_id))

    @router.get("/{announcement_id}/progress", response_class=EventSourceResponse)
    async def progress(broadcast_id: Annotated[int, Depends(followed)]) -> AsyncIterator[ServerSentEvent]:
        """Stream `progress` at each news and every few seconds, and `end` when nothing more goes out."""
        async for seen in sending.watch(broadcast_id):
            yield ServerSentEvent(event="progress", data=progress_json(seen))
        yield ServerSentEvent(event="end", data={})

    @router.post("/{announcement_id}/repeat", openapi_extra=described(ReasonPayload, required=False))
    async def repeat(announcement_id: str, request: Request) -> dict[str, Any]:
        """Try those again whom it failed to reach and may reach now; done twice, nobody is written to twice."""
        reason = await reason_of(request)
        with refusals_in_polish():
            return {"queued": await sending.repeat(number_of(announcement_id), KEY_HOLDER, reason)}


async def reason_of(request: Request) -> str | None:
    """Return the reason in a body that is optional."""
    body = await request.body()
    return read_json(body, ReasonPayload).reason if body else None


def progress_json(seen: Progress) -> dict[str, Any]:
    """Return how far a sending is; moments carry the Polish offset."""
    return {
        "at": iso(seen.at),
        "total": seen.total,
        "waiting": seen.waiting,
        "deliveries": {state.value: seen.by_state.get(state, 0) for state in DeliveryState},
        "failures": dict(seen.failures),
        "parts": seen.parts,
        "per_second": round(seen.per_second, 1),
        "finishes_at": iso(seen.finishes_at),
    }
