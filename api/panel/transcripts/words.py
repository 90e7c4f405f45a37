"""How conversations are spoken of: what a turn ended in, and what it was about."""

from collections.abc import Mapping

from bot.ladder import Decision
from bot.ratings.service import Reason
from content.intents import all_intents

DECISIONS: Mapping[Decision, str] = {
    "answered": "odpowiedź",
    "confirm": "pytanie „Czy chodziło o…?”",
    "choose": "wybór z kilku tematów",
    "clarify": "prośba o doprecyzowanie",
    "fallback": "brak odpowiedzi",
    "handoff": "wiadomość dla urzędu",
}


HELPFUL, UNHELPFUL = "pomocne", "niepomocne"
"""Values of the filter by rating."""
RATINGS: Mapping[bool, str] = {True: HELPFUL, False: UNHELPFUL}
REASONS: Mapping[Reason, str] = {"wrong": "nieprawda", "off_topic": "nie na temat", "unclear": "niezrozumiale"}


def intent_title(name: str) -> str:
    """Return the title of an intent; one that is no longer known keeps its name."""
    known = all_intents().get(name)
    return known.title if known else name
