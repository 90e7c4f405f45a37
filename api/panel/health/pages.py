"""The state of the product on one page."""

from collections.abc import Sequence

from fastapi import Request, Response

from api.panel.addresses import HOME
from api.panel.desk import Desk
from api.panel.health.shown import channels, jobs, needing_care, shown_processes, sources
from api.panel.health.words import PRIORITIES, REASONS, ago, job_title, lasting
from api.panel.rendering import page
from api.panel.room import Room, Waiting
from api.panel.routing import room_router
from api.panel.visit import Here, Used
from api.panel.words import CHANNELS
from content.format import plural
from content.gaps import Reason
from core.staff.actor import Actor
from core.staff.permissions import Permission

router = room_router()


@router.get("")
async def health(request: Request, visit: Here, used: Used) -> Response:
    """Show how everything is doing."""
    state = await used.health.state(visit.actor)
    processes = shown_processes(state)
    return page(
        request,
        "health/health.html",
        state=state,
        sources=sources(state, used.health.settings),
        processes=processes,
        leader=next((each for each in processes if each.leads and each.is_alive), None),
        channels=channels(state, used.health.providers),
        jobs=jobs(state),
        thin=[gap for gap in state.gaps if gap.reason is Reason.THIN],
        gaps=[gap for gap in state.gaps if gap.reason is not Reason.THIN],
        channel_names=CHANNELS,
        priorities=PRIORITIES,
        reasons=REASONS,
        job_title=job_title,
        lasting=lasting,
        ago=ago,
    )


async def waiting(used: Desk, actor: Actor) -> Sequence[Waiting]:
    """Tell how many sources are not doing well."""
    bad = needing_care(await used.health.sources(actor), used.health.settings, used.clock.now())
    words = plural(bad, "źródło danych wymaga uwagi", "źródła danych wymagają uwagi", "źródeł danych wymaga uwagi")
    return [Waiting(f"{bad} {words}", f"{HOME}{ROOM.path}")] if bad else []


ROOM = Room(
    "Źródła i stan",
    "Czy źródła danych, wysyłka i zadania działają, i które informacje trzeba sprawdzić.",
    "/stan",
    Permission.READ_HEALTH,
    router,
    waiting,
)
