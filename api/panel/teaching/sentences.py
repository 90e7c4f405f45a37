"""The sentences that staff taught: by intent, added, taken back, and as a file."""

from fastapi import Request, Response

from api.panel.desk import Desk
from api.panel.forms import Fields, form, number, query
from api.panel.refusals import GoTo, Refused
from api.panel.rendering import page, saved
from api.panel.routing import room_router
from api.panel.teaching.shown import CONTEXT, SENTENCES, Teacher, fault_of, own_sentences
from api.panel.teaching.words import intent_title, intents_by_topic, refused_words
from api.panel.visit import Here, Used
from bot.teaching.errors import StepRefusedError, TeachingRefusedError
from core.staff.actor import Actor
from core.staff.permissions import Permission

router = room_router()

_ON_A_PAGE = 100
_SAVED = {
    "dodano": "Zdania są zapisane. Zaczną działać po uczeniu i wdrożeniu nowego modelu.",
    "usunieto": "Zdanie jest usunięte. Model zapomni je po następnym uczeniu i wdrożeniu.",
}


@router.get("/zdania")
async def sentences(request: Request, visit: Here, used: Used) -> Response:
    """List what was taught."""
    return await _page(request, visit.actor, used, saved=_SAVED.get(saved(request)))


@router.post("/zdania")
async def add(request: Request, visit: Teacher, used: Used) -> Response:
    """Teach sentences that staff thought of themselves."""
    fields = await form(request)
    try:
        await used.lessons.teach(visit.actor, fields.text("nowy_temat"), own_sentences(fields))
    except TeachingRefusedError as error:
        fault = "Nic nie zostało zapisane. Proszę poprawić zdania wymienione niżej."
        return await _page(request, visit.actor, used, fields, fault=fault, faults=refused_words(error.faulty))
    except StepRefusedError as error:
        return await _page(request, visit.actor, used, fields, fault=fault_of(error))
    raise GoTo(f"{SENTENCES}?zapisano=dodano")


@router.get("/zdania.yml")
async def exported(visit: Here, used: Used) -> Response:
    """Give what was taught as training data of a release."""
    headers = {"Content-Disposition": 'attachment; filename="nauczone-zdania.yml"'}
    return Response(await used.lessons.exported(visit.actor), media_type="application/yaml", headers=headers)


@router.post("/zdania/{sentence}/usun")
async def withdraw(sentence: str, visit: Teacher, used: Used) -> Response:
    """Take a sentence back."""
    try:
        await used.lessons.withdraw(visit.actor, number(sentence))
    except StepRefusedError as error:
        raise Refused(404, fault_of(error)) from error
    raise GoTo(f"{SENTENCES}?zapisano=usunieto")


async def _page(
    request: Request, actor: Actor, used: Desk, typed: Fields | None = None, /, **values: object
) -> Response:
    fields = query(request)
    chosen = fields.text("temat")
    every = await used.lessons.taught(actor)
    taught = [row for row in every if not chosen or row.intent == chosen]
    first = (number(fields.raw("strona") or "1", 1000) - 1) * _ON_A_PAGE
    used_intents = sorted({row.intent for row in every}, key=intent_title)
    return page(
        request,
        "teaching/sentences.html",
        422 if typed else 200,
        taught=taught[first : first + _ON_A_PAGE],
        count=len(taught),
        next_page=first // _ON_A_PAGE + 2 if first + _ON_A_PAGE < len(taught) else None,
        chosen=chosen,
        filter_intents=[(name, intent_title(name)) for name in used_intents],
        intents=intents_by_topic(),
        new_intent=typed.raw("nowy_temat") if typed else "",
        own="\n".join(own_sentences(typed)) if typed else "",
        may_teach=actor.may(Permission.TEACH),
        **CONTEXT,
        **values,
    )
