"""`POST /webhooks/telegram`: updates from Telegram are stored at once and answered by the inbox."""

from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any

from fastapi import APIRouter, Request, Response

from api.problems import DETAILS, Problem
from api.webhooks.refusals import Refusals
from bot.telegram.intake import Intake

_PATH = "/webhooks/telegram"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


@dataclass(frozen=True)
class TelegramWebhook:
    """Where updates go, the secret that only Telegram knows, and what was refused."""

    intake: Intake
    secret: str
    refusals: Refusals = field(default_factory=Refusals)


def telegram_router(webhook: TelegramWebhook) -> APIRouter:
    """Return the route of the webhook."""
    router = APIRouter()

    @router.post(_PATH, include_in_schema=False)
    async def take(request: Request) -> Response:
        """Store one update, then say 200: Telegram repeats what it hears nothing about."""
        given = request.headers.get(_SECRET_HEADER, "")
        if not compare_digest(given.encode(), webhook.secret.encode()):
            webhook.refusals.note(_PATH, "forged")
            raise Problem(401, "Brak dostępu.")
        # Telegram itself repeats what it heard no answer to, so that a replayed update is no error, only no news.
        if repeated := await webhook.intake.accept([await _update(request)]):
            webhook.refusals.note(_PATH, "repeated", repeated)
        return Response()

    return router


async def _update(request: Request) -> dict[str, Any]:
    try:
        update = await request.json()
    except (ValueError, RecursionError) as error:
        raise Problem(400, DETAILS[400]) from error
    if not isinstance(update, dict):
        raise Problem(400, DETAILS[400])
    return update
