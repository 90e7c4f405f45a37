"""`/api/v1/announcements`: with an API key announcements are written and submitted and, once approved, run."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Depends, Request

from api.announcement_problems import number_of, refusals_in_polish
from api.announcement_progress import add_progress, reason_of
from api.json_body import described, read_json
from api.problems import Problem
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.announcements.moves import KEY_HOLDER
from notifier.announcements.schemas import AnnouncementPayload, ReasonPayload, SchedulePayload, shown
from notifier.announcements.sending import Sending
from notifier.announcements.service import Announcements
from notifier.announcements.view import Announcement

_NO_ACCESS = "Brak dostępu. Proszę podać ważny klucz API w nagłówku Authorization."
_NO_APPROVAL_BY_KEY = "Klucz API nie może zatwierdzać komunikatów. Zatwierdza je osoba, która ich nie pisała."
_BOTH = "Komunikat może prostować albo odwoływać wcześniejszy, nie jedno i drugie naraz."
_TOO_LITTLE = "Ten klucz API nie pozwala na to. Zakres klucza ustala administrator panelu."

KeyHolder = Callable[[str], Awaitable[Actor | None]]
_Step = Callable[[int], Awaitable[Announcement]]


def announcements_router(announcements: Announcements, sending: Sending, holder: KeyHolder) -> APIRouter:
    """Return the routes for programs; `holder` returns whose key it is, None for one that opens nothing."""

    async def only_with_a_key(request: Request) -> None:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        actor = await holder(given) if scheme.lower() == "bearer" and given else None
        if actor is None:
            raise Problem(401, _NO_ACCESS, {"WWW-Authenticate": "Bearer"})
        if not actor.may(Permission.READ_ANNOUNCEMENTS if request.method == "GET" else Permission.WRITE_ANNOUNCEMENTS):
            raise Problem(403, _TOO_LITTLE)

    router = APIRouter(prefix="/api/v1/announcements", dependencies=[Depends(only_with_a_key)])
    _add_writing(router, announcements)
    _add_steps(router, announcements)
    add_progress(router, sending)
    return router


def _add_writing(router: APIRouter, announcements: Announcements) -> None:
    @router.post("", status_code=201, openapi_extra=described(AnnouncementPayload))
    async def write(request: Request) -> dict[str, Any]:
        """Store a draft; the same `Idempotency-Key` again returns the same draft again."""
        content = _announcement(await request.body()).content()
        with refusals_in_polish():
            return shown(await announcements.draft(content, KEY_HOLDER, request.headers.get("Idempotency-Key")))

    @router.put("/{announcement_id}", openapi_extra=described(AnnouncementPayload))
    async def edit(announcement_id: str, request: Request) -> dict[str, Any]:
        """Replace the content; whatever was approved needs another approval."""
        content = _announcement(await request.body()).content()
        with refusals_in_polish():
            return shown(await announcements.edit(number_of(announcement_id), content, KEY_HOLDER))

    @router.get("/{announcement_id}")
    async def show(announcement_id: str) -> dict[str, Any]:
        """Tell how far the announcement and its deliveries are."""
        return await _taken(announcement_id, announcements.show)

    @router.post("/{announcement_id}/approve")
    async def approve(announcement_id: str) -> None:  # noqa: ARG001 - the address has it
        """Refuse: only people approve."""
        raise Problem(403, _NO_APPROVAL_BY_KEY)


def _add_steps(router: APIRouter, announcements: Announcements) -> None:
    @router.post("/{announcement_id}/submit")
    async def submit(announcement_id: str) -> dict[str, Any]:
        """Hand a draft over for approval."""
        return await _taken(announcement_id, lambda number: announcements.submit(number, KEY_HOLDER))

    @router.post("/{announcement_id}/schedule", openapi_extra=described(SchedulePayload))
    async def schedule(announcement_id: str, request: Request) -> dict[str, Any]:
        """Let what people approved go out at a moment."""
        at = read_json(await request.body(), SchedulePayload).at
        return await _taken(announcement_id, lambda number: announcements.schedule(number, KEY_HOLDER, at))

    @router.post("/{announcement_id}/publish")
    async def publish(announcement_id: str) -> dict[str, Any]:
        """Publish what people approved; again, nothing more is sent."""
        return await _taken(announcement_id, lambda number: announcements.publish(number, KEY_HOLDER))

    for name in ("pause", "resume", "cancel"):
        router.post(f"/{{announcement_id}}/{name}", name=name, openapi_extra=described(ReasonPayload, required=False))(
            _steering(getattr(announcements, name))
        )


def _steering(step: Callable[..., Awaitable[Announcement]]) -> Callable[..., Awaitable[dict[str, Any]]]:
    async def steer(announcement_id: str, request: Request) -> dict[str, Any]:
        """Halt, continue or stop the sending; a body with a reason is optional."""
        reason = await reason_of(request)
        return await _taken(announcement_id, lambda number: step(number, KEY_HOLDER, reason))

    return steer


def _announcement(body: bytes) -> AnnouncementPayload:
    payload = read_json(body, AnnouncementPayload)
    if payload.corrects is not None and payload.retracts is not None:
        raise Problem(422, _BOTH)
    return payload


async def _taken(announcement_id: str, step: _Step) -> dict[str, Any]:
    with refusals_in_polish():
        return shown(await step(number_of(announcement_id)))
