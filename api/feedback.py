"""`POST /api/v1/feedback`: a resident rates an answer."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api.limits import count_turn
from api.problems import Problem
from bot.ratings.models import MAX_COMMENT
from bot.ratings.service import Rating, Ratings, Reason

_UNKNOWN = "Tej rozmowy już nie ma, więc oceny nie można zapisać."


class RatingRequest(BaseModel, extra="forbid", strict=True):
    """The rating of the newest answer of an intent in a conversation."""

    conversation: Annotated[str, Field(min_length=1, max_length=200)]
    intent: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    helpful: bool
    reason: Reason | None = None
    comment: Annotated[str, Field(max_length=MAX_COMMENT)] = ""


def feedback_router(ratings: Ratings) -> APIRouter:
    """Return the route that keeps ratings."""
    router = APIRouter(prefix="/api/v1")

    @router.post("/feedback", status_code=204)
    async def feedback(sent: RatingRequest, request: Request) -> Response:
        """Keep a rating; a later one of the same answer replaces it."""
        await count_turn(request, sent.conversation)
        rating = Rating(sent.helpful, sent.reason, sent.comment)
        if not await ratings.rate(sent.conversation, sent.intent, rating):
            raise Problem(404, _UNKNOWN)
        return Response(status_code=204)

    return router
