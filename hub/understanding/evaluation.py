"""Measures a model as residents meet it: with the city's places, the whole ladder and the talk around it."""

import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from bot.meaning.ladder import Step
from bot.meaning.understander import Understander
from bot.message import clean_text
from content.pack import City, load_city
from content.places import load_places, replaced
from content.topics.charging.register import load_register
from content.vocabulary import load_vocabulary
from core.clock import Clock
from core.settings import Settings
from hub.understanding.model import measuring
from hub.understanding.sets import judged_dialogues, judged_places, read_places
from nlu.client import NluUnavailable, Parse, RasaClient
from nlu.judging.evaluation import Evaluation, SetResult, evaluate
from nlu.judging.outcome import Reader, Reading, Sentence, outcomes
from nlu.model import RASA_PROJECT, ROOT, SUFFIX
from nlu.taught import judged_sentences

SETS = ROOT / RASA_PROJECT / "tests"
ELSEWHERE = "elsewhere"  # the name of a model that somebody else serves


async def measure(settings: Settings, model: Path | None, clock: Clock, taught: Sequence[Sentence] = ()) -> Evaluation:
    """Serve `model`, or use NLU_URL when there is none, and evaluate it on every set; raise `StartFailed`.

    The `taught` sentences are read as well, though they judge nothing.
    """
    city = load_city(settings.city, settings.city_packs)
    async with measuring(settings, model, clock) as client:
        name = model.name.removesuffix(SUFFIX) if model else ELSEWHERE
        sets = await _judged_sets(settings, city, client, clock)
        read = reader(city, client)
        evaluation = await evaluate(name, clock.now(), read, judged_sentences(), sets)
        return evaluation.model_copy(update={"taught": await outcomes(read, taught)})


def understander_of(city: City, client: RasaClient) -> Understander:
    """Return what understands texts about a city as the product does."""
    vocabulary = load_vocabulary(load_register(city.folder).operator_terms())
    return Understander(load_places(city.folder), vocabulary, client)


def reader(city: City, client: RasaClient) -> Reader:
    """Return what reads a text as the product does; the time is that of the first parse."""
    parse_as_model, understander = model_reader(city, client), understander_of(city, client)

    async def read(text: str) -> Reading:
        started = time.perf_counter()
        parse = await parse_as_model(text)
        seconds = time.perf_counter() - started
        understanding = await understander.understand(clean_text(text))
        if not understanding.model_answered:
            raise NluUnavailable("the model stopped answering during the evaluation")
        return reading(parse.intent, parse.confidence, understanding.step, seconds)

    return read


def model_reader(city: City, client: RasaClient) -> Callable[[str], Awaitable[Parse]]:
    """Return what has the bare model parse a text, with the city's places taken out as the product does."""
    places = load_places(city.folder)

    async def parse(text: str) -> Parse:
        cleaned = clean_text(text)
        return await client.parse(replaced(cleaned, places.find(cleaned)))

    return parse


def reading(guess: str, confidence: float, step: Step, seconds: float) -> Reading:
    """Return the model's first guess together with the step on the ladder."""
    common: dict[str, Any] = {"guess": guess, "confidence": confidence, "intent": step.intent, "seconds": seconds}
    if step.decision == "fallback":
        return Reading(decision="refused", **common)
    if step.decision == "clarify":  # the question back names the intent itself
        return Reading(decision="offered", offers=(step.intent, *step.alternatives), **common)
    if step.decision in {"confirm", "choose"}:
        return Reading(decision="offered", offers=step.alternatives, **common)
    return Reading(decision="answered", **common)


async def _judged_sets(settings: Settings, city: City, client: RasaClient, clock: Clock) -> dict[str, SetResult]:
    """Judge the sets that there are."""
    items = [item for path in sorted(SETS.glob("places*.yml")) for item in read_places(path)]
    talks = sorted(SETS.glob("dialogues*.yml"))
    judged = {}
    if items:
        judged["places"] = judged_places(load_places(city.folder), items)
    if talks:
        judged["dialogues"] = await judged_dialogues(settings, client, clock.now(), talks)
    return judged
