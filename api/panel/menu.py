"""The menu: the rooms that somebody may enter, in one order."""

from collections.abc import Iterable
from dataclasses import dataclass

from api.panel.addresses import HOME
from api.panel.room import Room
from core.staff.actor import Actor


@dataclass(frozen=True)
class Entry:
    """A line of the menu."""

    title: str
    path: str
    is_current: bool


def menu(rooms: Iterable[Room], actor: Actor, path: str) -> tuple[Entry, ...]:
    """Return the menu of somebody who is at `path`."""
    start = Entry("Start", HOME, path == HOME)
    return (start, *(_entry(room, path) for room in rooms if actor.may(room.permission)))


def _entry(room: Room, path: str) -> Entry:
    address = f"{HOME}{room.path}"
    return Entry(room.title, address, path == address or path.startswith(f"{address}/"))
