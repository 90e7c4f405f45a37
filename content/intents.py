"""The catalogue of intents."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Intent:
    """An intent, its topic and its human title; one that is `only_pressed` starts from a button, never from words."""

    name: str
    topic: str
    title: str
    only_pressed: bool = False


@cache
def all_intents() -> dict[str, Intent]:
    """Return every intent by name, in the order of `content/intents.yml`."""
    raw = yaml.safe_load((Path(__file__).parent / "intents.yml").read_text(encoding="utf-8"))
    return {name: Intent(name, **entry) for name, entry in raw.items()}
