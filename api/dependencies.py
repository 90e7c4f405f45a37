"""What the routes work with; put together by the composition root and kept in the application's state."""

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from api.health import HealthCheck
from bot.assistant import Assistant
from bot.guard import ChatGuard
from content.pack import City
from content.topics.air.answers import AirTopic


@dataclass(frozen=True)
class Services:
    """The services of one API process."""

    assistant: Assistant
    chat_guard: ChatGuard
    health: HealthCheck
    air: AirTopic
    city: City
    demo: bool
    transcript_days: int


def services(request: Request) -> Services:
    """Return the services of the running application."""
    return cast("Services", request.app.state.services)
