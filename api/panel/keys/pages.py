"""Keys with which programs call the API, for administrators."""

from datetime import timedelta

from fastapi import Request, Response

from api.panel.desk import Desk
from api.panel.forms import form, number
from api.panel.refusals import GoTo
from api.panel.rendering import page, saved
from api.panel.room import Room
from api.panel.routing import room_router
from api.panel.visit import Fresh, Used
from api.panel.words import NAME_FAULTS, SCOPES
from core.staff.actor import Actor
from core.staff.errors import NameRefusedError, ScopeRefusedError, UnknownKeyError
from core.staff.permissions import KEY_SCOPES, Permission

router = room_router()

_PATH = "/klucze"
ROOM = Room("Klucze API", "Klucze dla programów, które piszą komunikaty.", _PATH, Permission.MANAGE_KEYS, router)
_SAVED = {"uniewazniony": "Klucz jest unieważniony. Nic już nie otwiera."}
_VALID = {"90": "90 dni", "365": "rok", "": "bez terminu"}
_NO_SCOPE = "Proszę zaznaczyć przynajmniej jedno uprawnienie klucza."


@router.get("")
async def keys(request: Request, visit: Fresh, used: Used) -> Response:
    """Show every key."""
    return await _page(request, used, visit.actor, saved=_SAVED.get(saved(request)))


@router.post("")
async def create(request: Request, visit: Fresh, used: Used) -> Response:
    """Make a key and show it once."""
    fields = await form(request)
    name, chosen, days = fields.text("name"), fields.every("scope"), fields.text("days")
    scopes = [scope for scope in KEY_SCOPES if scope.value in chosen]
    valid = timedelta(days=int(days)) if days in _VALID and days else None
    try:
        token = await used.keys.create(visit.actor, name, scopes, valid)
    except NameRefusedError as error:
        return await _page(request, used, visit.actor, 422, fault=NAME_FAULTS[error.fault], of="name", name=name)
    except ScopeRefusedError:
        return await _page(request, used, visit.actor, 422, fault=_NO_SCOPE, name=name)
    return page(request, "keys/key.html", token=token, name=name)


@router.post("/{key}/uniewaznij")
async def revoke(key: str, request: Request, visit: Fresh, used: Used) -> Response:
    """Let a key open nothing any more."""
    try:
        await used.keys.revoke(visit.actor, number(key))
    except UnknownKeyError:
        return await _page(request, used, visit.actor, 422, fault="Nie ma takiego klucza albo jest już unieważniony.")
    raise GoTo(f"{request.url.path.rsplit('/', 2)[0]}?zapisano=uniewazniony")


async def _page(request: Request, used: Desk, actor: Actor, status: int = 200, /, **values: object) -> Response:
    listed = await used.keys.listed(actor)
    now = used.clock.now()
    shown = {"keys": listed, "now": now, "scopes": SCOPES, "valid": _VALID, **values}
    return page(request, "keys/keys.html", status, **shown)
