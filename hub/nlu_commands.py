"""`hub nlu …`: train the language model, try it, measure it."""

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.ladder import ANSWER_FROM
from bot.message import clean_text
from bot.rendering import understanding_json
from bot.understanding import Understander
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
            entry = json.loads(line)
            print(
                json.dumps(entry | await _understood(understander, str(entry["text"])), ensure_ascii=False), flush=True
            )


async def evaluate(settings: Settings) -> None:
    """Print how well the model understands the development sentences."""
    places = load_places(load_city(settings.city).folder)
    async with _model(settings) as client:
        report = await measure(
            client, read_sentences(_SENTENCES), lambda text: replaced(text, places.find(text)), ANSWER_FROM
        )
    print(f"sentences                     {report.sentences}")
    print(f"accuracy                      {report.accuracy:.3f}")
    print(f"macro F1                      {report.macro_f1:.3f}")
    print(f"out of scope, yet answered    {report.accepted_out_of_scope:.3f}")
    for expected, guessed, count in report.confusions[:15]:
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


async def _understood(understander: Understander, text: str) -> dict[str, Any]:
    understanding = await understander.understand(clean_text(text))
    return understanding_json(understanding.step, understanding.entities)


@asynccontextmanager
async def _model(settings: Settings) -> AsyncIterator[RasaClient]:
    model = None if settings.nlu_url else await trained_model(settings, _to_stderr)
    async with serving(settings, model, SystemClock()) as (client, supervisor):
        if supervisor:
            await supervisor.wait_ready()
        yield client


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
