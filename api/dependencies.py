"""What the routes work with; put together by the composition root and kept in the application's state."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, cast

from fastapi import Depends, Request

from api.health import HealthCheck
from api.web import WebOptions
from bot.assistant import Assistant
from bot.guard import ChatGuard
from content.pack import City
from content.topics.air.answers import AirTopic
from content.topics.events.agenda import Agenda
from core.clock import Clock
from core.metrics import Metrics
from core.retention.current import CurrentPeriods


@dataclass(frozen=True)
class Services:
    """The services of one API process."""

    assistant: Assistant
    chat_guard: ChatGuard
    health: HealthCheck
    air: AirTopic
    agenda: Agenda
    open_data: Mapping[str, Callable[[], Awaitable[dict[str, Any]]]]
    city: City
    clock: Clock
    demo: bool
    kept: CurrentPeriods
    web: WebOptions = field(default_factory=WebOptions)
    metrics: Metrics = field(default_factory=Metrics)


def running_services(request: Request) -> Services:
    """Return the services of the running application."""
    return cast("Services", request.app.state.services)


async def _services(request: Request) -> Services:
    # Not a plain function: those are run in a thread of their own.
    return running_services(request)


Used = Annotated[Services, Depends(_services)]
"""The argument by which a route gets what it works with."""
