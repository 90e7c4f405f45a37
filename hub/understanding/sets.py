"""The sets that are judged item by item: places found in texts, and whole dialogues with the assistant."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import yaml
from pydantic import BaseModel, TypeAdapter

from bot.evaluation.dialogues import DialogueClock, play, read_dialogues
from content.places import PlaceResolver
from core.settings import Settings
from hub.assistant import assistant
from hub.bootstrap import foundation
from hub.migrations.run import upgrade
from hub.topics import Topics
from nlu.client import Parser
from nlu.judging.evaluation import SetResult


class PlaceItem(BaseModel, frozen=True, extra="forbid"):
    """A text and the places named in it: all of `places`, and one of `either` where a name can mean several."""

    text: str
    places: frozenset[str] = frozenset()
    either: frozenset[str] = frozenset()


def read_places(path: Path) -> list[PlaceItem]:
    """Read a YAML list of texts with their places."""
    return TypeAdapter(list[PlaceItem]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))


def judged_places(resolver: PlaceResolver, items: Iterable[PlaceItem]) -> SetResult:
    """Judge which places are found; a place found where none is named is a false alarm."""
    right, false_alarms, wrong = 0, 0, []
    for item in items:
        found = {match.id for match in resolver.find(item.text)}
        if found - item.either == item.places and len(found & item.either) == bool(item.either):
            right += 1
            continue
        false_alarms += bool(found) and not item.places and not item.either
        meant = sorted(item.places) + ([" or ".join(sorted(item.either))] if item.either else [])
        wrong.append(f"{item.text}: {', '.join(sorted(found)) or 'nothing'} instead of {', '.join(meant) or 'nothing'}")
    return SetResult(items=right + len(wrong), right=right, false_alarms=false_alarms, wrong=tuple(wrong))


async def judged_dialogues(settings: Settings, parser: Parser, start: datetime, paths: Iterable[Path]) -> SetResult:
    """Play the dialogues from `start` on to an assistant with an empty database of its own, and judge every turn."""
    dialogues = [dialogue for path in paths for dialogue in read_dialogues(path)]
    with tempfile.TemporaryDirectory() as folder:
        own = {"database_url": f"sqlite:///{Path(folder) / 'dialogues.db'}", "redis_url": ""}
        async with foundation(settings.model_copy(update=own)) as base:
            await upgrade(base.database)
            clock = DialogueClock(start)
            there = replace(base, clock=clock)
            report = await play(assistant(there, Topics(there), parser), clock, dialogues)
    wrong = tuple(f"{at.dialogue} {at.number}, {at.said}: {at.got}, not {at.expected}" for at in report.wrong)
    return SetResult(items=report.turns, right=report.turns - len(wrong), wrong=wrong)
