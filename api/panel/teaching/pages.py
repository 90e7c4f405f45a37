"""The room of teaching."""

from collections.abc import Sequence

from api.panel.desk import Desk
from api.panel.room import Room, Waiting
from api.panel.routing import room_router
from api.panel.teaching import groups, models, sentences
from api.panel.teaching.shown import MODELS, PATH
from core.staff.actor import Actor
from core.staff.permissions import Permission

router = room_router()
for _each in (groups, sentences, models):
    # Not include_router, which refuses the empty path of a room's first page.
    router.routes.extend(_each.router.routes)


async def waiting(used: Desk, actor: Actor) -> Sequence[Waiting]:
    """Tell of a model that waits for a decision."""
    ready = (await used.trainings.overview(actor)).ready if actor.may(Permission.PROMOTE_MODELS) else None
    return [Waiting("Nowy model językowy czeka na decyzję", f"{MODELS}/{ready.id}")] if ready else []


ROOM = Room(
    "Nauka",
    "Pytania, których asystent nie zrozumiał: wybór tematu, uczenie i wdrożenie nowego modelu.",
    PATH,
    Permission.READ_TRANSCRIPTS,
    router,
    waiting,
)
