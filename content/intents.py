"""The catalogue of intents."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Intent:
    """An intent, its topic and its human title."""

    name: str
    topic: str
    title: str


@cache
def all_intents() -> dict[str, Intent]:
    """Return every intent by name, in the order of `content/intents.yml`."""
    raw = yaml.safe_load((Path(__file__).parent / "intents.yml").read_text(encoding="utf-8"))
    return {name: Intent(name, entry["topic"], entry["title"]) for name, entry in raw.items()}
