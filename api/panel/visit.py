"""Who asks: the session behind a request, how far it is let in, and what its person may do."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from api.panel import addresses, csrf
from api.panel.cookies import token_of
from api.panel.desk import Desk, desk
from api.panel.forms import form
from api.panel.refusals import Again, GoTo
from api.panel.room import Room
from core.staff.account import Session, Stage
from core.staff.actor import Actor
from core.staff.errors import PermissionRefusedError
from core.staff.permissions import Permission

_STEPS = {Stage.CODE: addresses.CODE, Stage.PASSWORD: addresses.PASSWORD, Stage.SET_UP: addresses.SET_UP}


async def _used(request: Request) -> Desk:
    # Not a plain function: those are run in a thread of their own.
    return desk(request)


Used = Annotated[Desk, Depends(_used)]


@dataclass(frozen=True)
class Visit:
    """A session and its token."""

    session: Session
    token: str

    @property
    def actor(self) -> Actor:
        """Whoever acts."""
        return self.session.account.actor


def opening(used: Desk, rooms: Sequence[Room]) -> Callable[[Request], Awaitable[None]]:
    """Return the dependency with which every request of the panel begins."""

    async def open_panel(request: Request) -> None:
        request.state.desk, request.state.rooms = used, rooms
        csrf.check_origin(request, used)
        token = token_of(request, used)
        found = await used.sessions.find(token) if token else None
        request.state.visit = Visit(found, token) if found else None

    return open_panel


def known(request: Request) -> Visit | None:
    """Return the visit of a browser that has a session, whatever it is still lacking."""
    return cast("Visit | None", getattr(request.state, "visit", None))


def in_a_room(request: Request) -> bool:
    """Whether a request is for a page of a room, where no password is ever typed."""
    rooms: Sequence[Room] = request.state.rooms
    return any(request.url.path.startswith(f"{addresses.HOME}{room.path}") for room in rooms)


async def half_in(request: Request) -> Visit:
    """Let in whoever has begun to sign in."""
    visit = known(request)
    token = (await form(request)).raw(csrf.FIELD) if csrf.changes(request) else ""
    if visit is None:
        # Only who was signed in has a form with a token.
        raise Again(403, csrf.STALE) if token and in_a_room(request) else GoTo(addresses.SIGN_IN, _here(request))
    if csrf.changes(request):
        csrf.check_token(token, visit.token)
    return visit


async def signed_in(request: Request, visit: Annotated[Visit, Depends(half_in)]) -> Visit:
    """Let in whoever lacks nothing."""
    if visit.session.stage is not Stage.IN:
        raise GoTo(_STEPS[visit.session.stage], _here(request))
    return visit


class Needs:
    """The dependency of a page that lets in whoever may do one of these; the tests read from it whom to keep out.

    Services ask again: a page that forgets to say what it needs is closed all the same.
    """

    def __init__(self, *permissions: Permission) -> None:
        self.permissions = permissions

    async def __call__(self, visit: Annotated[Visit, Depends(signed_in)]) -> Visit:
        """Let in whoever may do one of them.

        Raises:
            PermissionRefusedError: they may do none.
        """
        if not any(visit.actor.may(permission) for permission in self.permissions):
            raise PermissionRefusedError(self.permissions[0])
        return visit


async def fresh(request: Request, visit: Annotated[Visit, Depends(signed_in)], used: Used) -> Visit:
    """Let in whoever proved to be there a moment ago; others are asked to, and come back."""
    if not visit.session.is_fresh(used.clock.now()):
        raise GoTo(addresses.CONFIRM, _here(request))
    return visit


Here = Annotated[Visit, Depends(signed_in)]
HalfIn = Annotated[Visit, Depends(half_in)]
Fresh = Annotated[Visit, Depends(fresh)]


def _here(request: Request) -> str:
    """Return the page to come back to; after a form that is the first page of its room."""
    path = request.url.path
    if csrf.changes(request):
        return "/".join(path.split("/")[:3])
    return f"{path}?{request.url.query}" if request.url.query else path
