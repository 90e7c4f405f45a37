"""Masked conversations: search, and one of them from beginning to end."""

from collections.abc import Sequence

from fastapi import Request, Response

from api.panel.addresses import HOME
from api.panel.days import beginning, end
from api.panel.desk import Desk
from api.panel.forms import number, query, row_number
from api.panel.refusals import Refused
from api.panel.rendering import page
from api.panel.room import Room, Waiting
from api.panel.routing import room_router
from api.panel.transcripts import service
from api.panel.transcripts.words import DECISIONS, HELPFUL, RATINGS, REASONS, UNHELPFUL, chosen_intents, intent_choices
from api.panel.visit import Here, Used
from api.panel.words import CHANNELS, intent_title
from bot.transcripts.repository import Sought
from content.format import plural
from core.staff.actor import Actor
from core.staff.permissions import Permission

router = room_router()

_ON_A_PAGE = 30
_WORDS = {
    "channels": CHANNELS,
    "decisions": DECISIONS,
    "ratings": RATINGS,
    "reasons": REASONS,
    "intent_title": intent_title,
}
_FILTERS = ("slowa", "kanal", "temat", "wynik", "ocena", "powod", "od", "do")


@router.get("")
async def transcripts(request: Request, visit: Here, used: Used) -> Response:
    """Show turns that fit the search, the newest first."""
    fields = query(request)
    chosen = {name: fields.text(name) for name in _FILTERS}
    sought = Sought(
        chosen["slowa"],
        chosen["kanal"],
        chosen["wynik"],
        chosen_intents(chosen["temat"]),
        {HELPFUL: True, UNHELPFUL: False}.get(chosen["ocena"]),
        chosen["powod"],
        beginning(chosen["od"]),
        end(chosen["do"]),
    )
    before = row_number(fields, "przed")
    found = await service.found(used, visit.actor, sought, _ON_A_PAGE + 1, before)
    return page(
        request,
        "transcripts/transcripts.html",
        found=found[:_ON_A_PAGE],
        older=found[_ON_A_PAGE - 1].turn.id if len(found) > _ON_A_PAGE else None,
        chosen=chosen,
        intents=intent_choices(),
        **_shown(used),
    )


@router.get("/{conversation}")
async def transcript(conversation: str, request: Request, visit: Here, used: Used) -> Response:
    """Show a conversation."""
    found = await service.opened(used, visit.actor, number(conversation))
    if found is None:
        raise Refused(404, "Nie ma takiej rozmowy. Rozmowy są usuwane po upływie czasu przechowywania.")
    return page(request, "transcripts/transcript.html", transcript=found, **_shown(used))


def _shown(used: Desk) -> dict[str, object]:
    # Some intents are answered without a text of their own.
    return {**_WORDS, "texts": used.texts}


async def waiting(used: Desk, actor: Actor) -> Sequence[Waiting]:
    """Tell how many answers did not help."""
    count = await service.unhelpful_this_week(used, actor)
    words = plural(
        count,
        "odpowiedź oceniona jako niepomocna",
        "odpowiedzi ocenione jako niepomocne",
        "odpowiedzi ocenionych jako niepomocne",
    )
    sentence = f"{count} {words} w ostatnich 7 dniach"
    return [Waiting(sentence, f"{HOME}{ROOM.path}?ocena={UNHELPFUL}")] if count else []


ROOM = Room(
    "Rozmowy",
    "O co pytają mieszkańcy i co usłyszeli, bez danych osobowych.",
    "/rozmowy",
    Permission.READ_TRANSCRIPTS,
    router,
    waiting,
)
