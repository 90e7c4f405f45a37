"""Polish names of topics and of texts."""

from collections.abc import Mapping

from content.texts import TEXT

TOPICS: Mapping[str, str] = {
    "air": "Powietrze",
    "alerts": "Powiadomienia",
    "charging": "Ładowarki",
    "conversation": "Rozmowa",
    "events": "Wydarzenia i komunikaty",
    "office": "Urząd",
    "safety": "Bezpieczeństwo",
    "subsidies": "Dotacje",
    "telegram": "Telegram",
}


def name_title(name: str) -> str:
    """Return the name of a text as editors see it; the further ones keep the name under which the pack has them."""
    return "Tekst główny" if name == TEXT else name
