"""What every page of announcements needs: words, limits, and refusals turned into pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import Depends

from api.panel.addresses import HOME
from api.panel.announcements import words
from api.panel.announcements.newsroom import Newsroom
from api.panel.forms import number
from api.panel.refusals import Refused
from api.panel.visit import Needs
from core.staff.permissions import Permission
from notifier.announcements import models
from notifier.announcements.content import CHANNELS
from notifier.announcements.errors import UnknownAnnouncementError
from notifier.announcements.rules import MAX_SMS_PARTS
from notifier.announcements.states import MOVES, Action, AnnouncementState

PATH = f"{HOME}/komunikaty"
_WRITE, _APPROVE = Permission.WRITE_ANNOUNCEMENTS, Permission.APPROVE_ANNOUNCEMENTS
WRITING = [Depends(Needs(_WRITE))]
"""For pages of whoever writes."""
APPROVING = [Depends(Needs(_APPROVE))]
"""For pages of whoever approves."""
RUNNING = [Depends(Needs(_WRITE, _APPROVE))]
"""For pages of whoever sends, halts and stops."""
LIMITS = {
    "title": models.MAX_TITLE,
    "body": models.MAX_BODY,
    "sms": models.MAX_SMS,
    "telegram": models.MAX_TELEGRAM,
    "web": models.MAX_WEB,
    "parts": MAX_SMS_PARTS,
}
UNKNOWN = "Nie ma komunikatu o tym numerze."


def context(newsroom: Newsroom) -> dict[str, Any]:
    """Return what templates of this room work with."""
    return {"words": words, "limits": LIMITS, "districts": newsroom.districts, "channels": CHANNELS, "path": PATH}


def address(announcement_id: int, done: str = "") -> str:
    """Return the page of an announcement; `done` is what was just done, in a word of this room."""
    return f"{PATH}/{announcement_id}" + (f"?zapisano={done}" if done else "")


def number_of(typed: str) -> int:
    """Return the number of an announcement in an address.

    Raises:
        Refused: none can have it.
    """
    try:
        return number(typed)
    except Refused as refused:
        raise Refused(404, UNKNOWN) from refused


@contextmanager
def known() -> Iterator[None]:
    """Turn a number that does not exist into a page that says so."""
    try:
        yield
    except UnknownAnnouncementError as error:
        raise Refused(404, UNKNOWN) from error


def allows(state: AnnouncementState, action: str) -> bool:
    """Whether the table of moves has a move from a state."""
    return state in MOVES[Action(action)].sources
