"""How conversations are spoken of: what a turn ended in, and what it was about."""

from collections.abc import Mapping
from operator import itemgetter

from api.panel.words import TOPICS
from bot.meaning.ladder import Decision
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


def chosen_intents(name: str) -> frozenset[str]:
    """Return the intents that a filter names: one of them, or all of a topic; a name of nothing finds nothing."""
    of_topic = frozenset(intent for intent, entry in all_intents().items() if entry.topic == name)
    return of_topic or frozenset({name} if name else ())


def intent_choices() -> list[tuple[str, str]]:
    """Return every topic and every intent with its title, for a filter."""
    topics = [(topic, f"Temat: {words}") for topic, words in TOPICS.items()]
    return topics + sorted(((name, intent.title) for name, intent in all_intents().items()), key=itemgetter(1))
