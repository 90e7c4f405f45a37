"""What was not understood: the groups, and one of them, to be taught or passed over."""

from fastapi import Request, Response

from api.panel.addresses import HOME
from api.panel.desk import Desk
from api.panel.forms import Fields, form, number, query
from api.panel.refusals import GoTo, Refused
from api.panel.rendering import page, saved
from api.panel.routing import room_router
from api.panel.teaching.shown import CONTEXT, GROUPS, PATH, Teacher, fault_of, own_sentences
from api.panel.teaching.words import intents_by_topic, refused_words
from api.panel.visit import Here, Used
from bot.teaching.errors import StepRefusedError, TeachingRefusedError
from bot.teaching.missed import LOOKED_BACK, Group
from core.staff.actor import Actor
from core.staff.permissions import Permission
from nlu.judging.outcome import OUT_OF_SCOPE

router = room_router()

_ON_A_PAGE = 20
MOST_SENTENCES = 60
"""Sentences of one group on its page; a form has its limits, and the rest comes next."""
_SAVED = {
    "nauczono": "Zdania są zapisane. Zaczną działać po uczeniu i wdrożeniu nowego modelu.",
    "pominieto": "Grupa jest pominięta i nie wróci na listę.",
}
_GONE = "Tych zdań nie ma już na liście: są nauczone, pominięte albo usunięte po upływie czasu przechowywania."


@router.get("")
async def groups(request: Request, visit: Here, used: Used) -> Response:
    """List the groups, the most frequent first."""
    found = await used.lessons.groups(visit.actor)
    first = (number(query(request).raw("strona") or "1", 1000) - 1) * _ON_A_PAGE
    return page(
        request,
        "teaching/groups.html",
        groups=found[first : first + _ON_A_PAGE],
        count=len(found),
        next_page=first // _ON_A_PAGE + 2 if first + _ON_A_PAGE < len(found) else None,
        overview=await used.trainings.overview(visit.actor),
        days=LOOKED_BACK.days,
        saved=_SAVED.get(saved(request)),
        **CONTEXT,
    )


@router.get("/grupy/{turn}")
async def group(turn: str, request: Request, visit: Here, used: Used) -> Response:
    """Show the sentences of a group."""
    found = await _found(turn, visit.actor, used)
    return _page(request, visit.actor, found)


@router.post("/grupy/{turn}/naucz")
async def teach(turn: str, request: Request, visit: Teacher, used: Used) -> Response:
    """Teach the ticked sentences, and those that staff add, to an intent or as foreign."""
    found, fields = await _found(turn, visit.actor, used), await form(request)
    ticked = {each for each in fields.every("zdanie") if each.isdigit()}
    chosen = [each.text for each in found.sentences if ticked & set(map(str, each.turns))]
    intent = OUT_OF_SCOPE if fields.raw("poza") else fields.text("temat")
    try:
        await used.lessons.teach(visit.actor, intent, [*chosen, *own_sentences(fields)])
    except TeachingRefusedError as error:
        fault = "Nic nie zostało zapisane. Proszę odznaczyć albo poprawić zdania wymienione niżej."
        return _page(request, visit.actor, found, fields, fault=fault, faults=refused_words(error.faulty))
    except StepRefusedError as error:
        return _page(request, visit.actor, found, fields, fault=fault_of(error))
    raise GoTo(f"{GROUPS}?zapisano=nauczono")


@router.post("/grupy/{turn}/pomin")
async def pass_over(turn: str, visit: Teacher, used: Used) -> Response:
    """Take a group off the list."""
    found = await _found(turn, visit.actor, used)
    await used.lessons.pass_over(visit.actor, found.sentences)
    raise GoTo(f"{GROUPS}?zapisano=pominieto")


async def _found(turn: str, actor: Actor, used: Desk) -> Group:
    found = await used.lessons.group(actor, number(turn))
    if found is None:
        raise Refused(404, _GONE)
    return found


def _page(request: Request, actor: Actor, found: Group, typed: Fields | None = None, /, **values: object) -> Response:
    """Show a group, with what was typed before when it was refused."""
    ticked = set(typed.every("zdanie")) if typed else None
    shown = found.sentences[:MOST_SENTENCES]
    return page(
        request,
        "teaching/group.html",
        422 if typed else 200,
        group=found,
        sentences=[(each, ticked is None or bool(ticked & set(map(str, each.turns)))) for each in shown],
        hidden=len(found.sentences) - len(shown),
        intents=intents_by_topic(),
        chosen=typed.raw("temat") if typed else "",
        own="\n".join(own_sentences(typed)) if typed else "",
        may_teach=actor.may(Permission.TEACH),
        address=f"{HOME}{PATH}/grupy/{found.first.turn}",
        **CONTEXT,
        **values,
    )
