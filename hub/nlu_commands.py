"""`hub nlu …`: train the language model, try it, measure it."""

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.evaluation import climb_all
from bot.ladder import ANSWER_FROM
from bot.message import clean_text
from bot.rendering import understanding_json
from content.pack import load_city
from content.places import load_places, replaced
from core.clock import SystemClock
from core.errors import HubError
from core.settings import Settings
from hub import bootstrap
from hub.model import serving, trained_model
from nlu.client import RasaClient
from nlu.evaluation import evaluate as measure
from nlu.evaluation import read_sentences
from nlu.model import ROOT

_SENTENCES = ROOT / "nlu" / "rasa" / "tests" / "development.yml"


async def train(settings: Settings) -> None:
    """Train the model if its inputs changed, and print where it lies."""
    print(await trained_model(settings, _to_stderr))


async def parse(settings: Settings) -> None:
    """Read JSON lines with a `text`, write them with the fields of `understanding` added; no context is kept."""
    city = load_city(settings.city)
    async with _model(settings) as client:
        understander = bootstrap.understander(city, client)
        for line in sys.stdin:
            if not line.strip():
                continue
            entry = _entry(line)
            understanding = await understander.understand(clean_text(entry["text"]))
            entry |= understanding_json(understanding.step, understanding.entities)
            print(json.dumps(entry, ensure_ascii=False), flush=True)


async def evaluate(settings: Settings) -> None:
    """Print how well the model understands the development sentences, and what becomes of them on the ladder."""
    city = load_city(settings.city)
    places = load_places(city.folder)
    sentences = read_sentences(_SENTENCES)
    async with _model(settings) as client:
        model = await measure(client, sentences, lambda text: replaced(text, places.find(text)), ANSWER_FROM)
        ladder = await climb_all(bootstrap.understander(city, client), sentences)
    print(f"sentences                        {model.sentences}")
    print(f"model: accuracy                  {model.accuracy:.3f}")
    print(f"model: macro F1                  {model.macro_f1:.3f}")
    print(f"in scope: answered right         {ladder.answered_right:.3f}")
    print(f"in scope: offered, right among   {ladder.offered_right:.3f}")
    print(f"in scope: offered, right missing {ladder.offered_wrong:.3f}")
    print(f"in scope: answered wrong         {ladder.answered_wrong:.3f}")
    print(f"in scope: refused                {ladder.refused:.3f}")
    print(f"foreign: answered                {ladder.foreign_answered:.3f}")
    print(f"foreign: offered                 {ladder.foreign_offered:.3f}")
    for expected, guessed, count in model.confusions[:15]:
        print(f"{count:4}  {expected} taken for {guessed}")


def _entry(line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        message = f'Each line must be a JSON object with a "text": correct the line {line.strip()[:80]!r}.'
        raise HubError(message)
    return entry


@asynccontextmanager
async def _model(settings: Settings) -> AsyncIterator[RasaClient]:
    model = None if settings.nlu_url else await trained_model(settings, _to_stderr)
    async with serving(settings, model, SystemClock()) as (client, supervisor):
        if supervisor:
            await supervisor.wait_ready()
        yield client


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
