"""What the assistant says: topics, the texts of an intent, and one text with its versions."""

from collections.abc import Awaitable

from fastapi import Depends, Request, Response

from api.panel.addresses import HOME
from api.panel.desk import Desk
from api.panel.forms import form, version
from api.panel.refusals import GoTo, Refused
from api.panel.rendering import page, saved
from api.panel.room import Room
from api.panel.routing import room_router
from api.panel.visit import Here, Needs, Used
from api.panel.words import TOPICS
from content.fields import fields_of
from content.intents import all_intents
from content.text_versions.editing import EditedTexts
from content.text_versions.models import MAX_NOTE
from content.text_versions.service import MAX_LENGTH, Edit, EditRefusedError
from content.texts import TEXT
from core.sms_text import segments, to_gsm
from core.staff.actor import Actor
from core.staff.permissions import Permission

router = room_router()

_EDITING = [Depends(Needs(Permission.EDIT_TEXTS))]
ROOM = Room("Teksty", "Co mówi asystent: podgląd, zmiana i historia.", "/teksty", Permission.READ_TEXTS, router)
_SAVED = {
    "zmiana": "Nowa treść jest zapisana. Asystent użyje jej w ciągu kilku sekund.",
    "powrot": "Wcześniejsza treść jest przywrócona. Asystent użyje jej w ciągu kilku sekund.",
}
_UNKNOWN = "Nie ma takiego tekstu."


@router.get("")
async def topics(request: Request, used: Used) -> Response:
    """List the intents by topic."""
    texts, intents = used.texts, all_intents()
    shown = {
        TOPICS.get(topic, topic): [(intents[name], len(texts[name].more) + 1) for name in names]
        for topic, names in texts.topics.items()
    }
    return page(request, "texts/topics.html", topics=shown, thin=texts.thin(), unfit=texts.unfit)


@router.get("/{intent}")
async def intent_texts(intent: str, request: Request, used: Used) -> Response:
    """Show every text of an intent."""
    if intent not in used.texts:
        raise Refused(404, _UNKNOWN)
    wording = used.texts[intent]
    words = {TEXT: wording.text, **wording.more}
    unfit = {name for of, name in used.texts.unfit if of == intent}
    shown = {"intent": all_intents()[intent], "words": words, "data": wording.data, "unfit": unfit}
    return page(request, "texts/intent.html", name_title=_title, **shown)


@router.get("/{intent}/{name}")
async def text(intent: str, name: str, request: Request, visit: Here, used: Used) -> Response:
    """Show one text with its versions, ready to be changed."""
    return await _page((intent, name), request, visit.actor, used, saved=_SAVED.get(saved(request)))


@router.post("/{intent}/{name}/podglad")
async def preview(intent: str, name: str, request: Request, visit: Here, used: Used) -> Response:
    """Show how a text would look, as a part of the page where that is possible."""
    fields = await form(request)
    typed = fields.text("value", 10 * MAX_LENGTH)
    shown: dict[str, object]
    try:
        answer = _texts(used).preview(visit.actor, intent, name, typed)
        shown = {"preview": answer, "sms_parts": segments(to_gsm(answer.text))}
    except EditRefusedError as error:
        shown = {"preview_fault": str(error)}
    if "hx-request" in request.headers:
        return page(request, "texts/preview.html", **shown)
    return await _page((intent, name), request, visit.actor, used, typed=typed, seen=fields.raw("seen"), **shown)


@router.post("/{intent}/{name}", dependencies=_EDITING)
async def edit(intent: str, name: str, request: Request, visit: Here, used: Used) -> Response:
    """Store new words."""
    fields = await form(request)
    value, note = fields.text("value", 10 * MAX_LENGTH), fields.text("note", 10 * MAX_NOTE)
    change = Edit(intent, name, value, visit.actor.name, note, version(fields, "seen"))
    step = _texts(used).edit(visit.actor, change)
    typed = {"typed": value, "note": note, "seen": fields.raw("seen")}
    return await _done((intent, name), request, visit.actor, used, step, "zmiana", **typed)


@router.post("/{intent}/{name}/przywroc", dependencies=_EDITING)
async def restore(intent: str, name: str, request: Request, visit: Here, used: Used) -> Response:
    """Return to an earlier version."""
    fields = await form(request)
    change = Edit(intent, name, "", visit.actor.name, seen=version(fields, "seen"))
    step = _texts(used).restore(visit.actor, change, version(fields, "version"))
    return await _done((intent, name), request, visit.actor, used, step, "powrot")


async def _done(
    text_id: tuple[str, str], request: Request, actor: Actor, used: Desk, step: Awaitable[None], what: str, **typed: str
) -> Response:
    try:
        await step
    except EditRefusedError as error:
        return await _page(text_id, request, actor, used, 422, fault=str(error), **typed)
    raise GoTo(f"{HOME}{ROOM.path}/{'/'.join(text_id)}?zapisano={what}")


async def _page(
    text_id: tuple[str, str], request: Request, actor: Actor, used: Desk, status: int = 200, /, **values: object
) -> Response:
    intent, name = text_id
    own = used.texts[intent].own(name) if intent in used.texts else None
    if own is None:
        raise Refused(404, _UNKNOWN)
    texts = _texts(used)
    versions = await texts.history(actor, intent, name)
    shown: dict[str, object] = {
        "intent": all_intents()[intent],
        "name": name,
        "title": _title(name),
        "versions": versions,
        "limit": texts.limit(intent, name),
        "longest_note": MAX_NOTE,
        "fields": sorted(fields_of(own) or ()),
        "is_fixed": name in used.texts[intent].data.fixed,
        "is_unfit": text_id in used.texts.unfit,
        "may_edit": actor.may(Permission.EDIT_TEXTS),
    }
    return page(request, "texts/text.html", status, **shown, **values)


def _texts(used: Desk) -> EditedTexts:
    return EditedTexts(used.database, used.texts, used.clock)


def _title(name: str) -> str:
    # The further texts keep the name under which the city's pack has them.
    return "Tekst główny" if name == TEXT else name
