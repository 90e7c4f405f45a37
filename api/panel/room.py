"""A room of the panel: a folder with a router, named in `rooms.py`; it appears in the menu of those who may enter."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from api.panel.desk import Desk
from core.staff.actor import Actor
from core.staff.permissions import Permission


@dataclass(frozen=True)
class Waiting:
    """Work that waits for somebody, told on the first page as a link."""

    sentence: str
    path: str


@dataclass(frozen=True)
class Room:
    """`permission` opens every page of the room; single pages may need more. `waiting` tells what waits there."""

    title: str
    about: str
    path: str
    permission: Permission
    router: APIRouter
    waiting: Callable[[Desk, Actor], Awaitable[Sequence[Waiting]]] | None = None
