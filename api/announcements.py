"""`/api/v1/announcements`: with an API key announcements are written, submitted and, once approved, published."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hmac import compare_digest
from typing import Any

from fastapi import APIRouter, Depends, Request

from api.problems import Problem
from notifier.announcements.errors import (
    AnnouncementError,
    MoveRefusedError,
    PartRefusedError,
    TextChangedError,
    UnknownAnnouncementError,
)
from notifier.announcements.models import MAX_BODY, MAX_TITLE
from notifier.announcements.service import KEY_HOLDER, Announcement, Announcements
from notifier.announcements.states import AnnouncementState
from notifier.deliveries.states import DeliveryState

_NO_ACCESS = "Brak dostępu. Proszę podać ważny klucz API w nagłówku Authorization."
_NO_APPROVAL_BY_KEY = "Klucz API nie może zatwierdzać ogłoszeń. Zatwierdza je osoba, która nie jest autorem."
_UNKNOWN = "Nie ma ogłoszenia o tym numerze."
_UNREADABLE = "Nie udało się odczytać ogłoszenia. Proszę wysłać JSON z tekstami w polach title i body."
_ALREADY_SUBMITTED = "To ogłoszenie zostało już przekazane do zatwierdzenia."
_TEXT_CHANGED = "Treść ogłoszenia zmieniła się po zatwierdzeniu. Trzeba ją zatwierdzić ponownie."
_NOT_APPROVED = {
    AnnouncementState.DRAFT: "To ogłoszenie jest szkicem. Najpierw trzeba je przekazać do zatwierdzenia.",
    AnnouncementState.SUBMITTED: "To ogłoszenie czeka na zatwierdzenie. Dopiero potem można je opublikować.",
}
_EMPTY = {"title": "Tytuł jest pusty. Proszę go podać.", "text": "Treść jest pusta. Proszę ją podać."}
_TOO_LONG = {
    "title": "Tytuł jest za długi (najwyżej {limit} znaków). Proszę go skrócić.",
    "text": "Treść jest za długa (najwyżej {limit} znaków). Proszę ją skrócić.",
}
_TEXTS_SCHEMA = {
    "type": "object",
    "required": ["title", "body"],
    "properties": {
        "title": {"type": "string", "minLength": 1, "maxLength": MAX_TITLE},
        "body": {"type": "string", "minLength": 1, "maxLength": MAX_BODY},
    },
}
_REQUEST_BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": _TEXTS_SCHEMA}}}}


def announcements_router(announcements: Announcements, api_key: str) -> APIRouter:
    """Return the routes for whoever holds the key."""

    async def only_with_the_key(request: Request) -> None:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        # An empty key opens nothing, whatever was configured.
        if scheme.lower() != "bearer" or not given or not compare_digest(given.encode(), api_key.encode()):
            raise Problem(401, _NO_ACCESS, {"WWW-Authenticate": "Bearer"})

    router = APIRouter(prefix="/api/v1/announcements", dependencies=[Depends(only_with_the_key)])

    @router.post("", status_code=201, openapi_extra=_REQUEST_BODY)
    async def write(request: Request) -> dict[str, Any]:
        """Store a draft."""
        title, body = _texts(await request.body())
        with _refusals_in_polish():
            return _json(await announcements.draft(title, body, KEY_HOLDER))

    @router.post("/{announcement_id}/submit")
    async def submit(announcement_id: str) -> dict[str, Any]:
        """Hand a draft over for approval."""
        with _refusals_in_polish():
            return _json(await announcements.submit(_number(announcement_id)))

    @router.post("/{announcement_id}/approve")
    async def approve(announcement_id: str) -> None:  # noqa: ARG001 - the address has it
        """Refuse: only people approve."""
        raise Problem(403, _NO_APPROVAL_BY_KEY)

    @router.post("/{announcement_id}/publish")
    async def publish(announcement_id: str) -> dict[str, Any]:
        """Publish what people approved; again, nothing more is sent."""
        with _refusals_in_polish():
            return _json(await announcements.publish(_number(announcement_id)))

    @router.get("/{announcement_id}")
    async def show(announcement_id: str) -> dict[str, Any]:
        """Tell how far the announcement and its deliveries are."""
        with _refusals_in_polish():
            return _json(await announcements.show(_number(announcement_id)))

    return router


def _texts(body: bytes) -> tuple[str, str]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Problem(422, _UNREADABLE) from error
    texts = (sent.get("title"), sent.get("body")) if isinstance(sent, dict) else (None, None)
    match texts:
        case (str() as title, str() as text):
            return title, text
    raise Problem(422, _UNREADABLE)


def _number(announcement_id: str) -> int:
    # The database's largest number has 19 digits.
    if not (announcement_id.isascii() and announcement_id.isdigit() and len(announcement_id) < 19):
        raise Problem(404, _UNKNOWN)
    return int(announcement_id)


def _json(announcement: Announcement) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": announcement.id, "state": announcement.state.value}
    if announcement.deliveries is not None:
        shown["deliveries"] = {state.value: announcement.deliveries.get(state, 0) for state in DeliveryState}
    return shown


@contextmanager
def _refusals_in_polish() -> Iterator[None]:
    try:
        yield
    except AnnouncementError as error:
        raise _problem(error) from error


def _problem(error: AnnouncementError) -> Problem:
    match error:
        case UnknownAnnouncementError():
            return Problem(404, _UNKNOWN)
        case PartRefusedError(part=part, limit=limit, is_empty=is_empty):
            return Problem(422, _EMPTY[part] if is_empty else _TOO_LONG[part].format(limit=limit))
        case TextChangedError():
            return Problem(409, _TEXT_CHANGED)
        case MoveRefusedError(target=AnnouncementState.PUBLISHED, state=state):
            return Problem(409, _NOT_APPROVED[state])
        case _:
            return Problem(409, _ALREADY_SUBMITTED)
