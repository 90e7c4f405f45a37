"""`hub nlu …`: train the language model, try it, measure it, put it in service and return to the one before."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.evaluation.thresholds import Outcome, cheapest, weigh
from bot.meaning.ladder import CHOSEN
from bot.meaning.understood import understanding_json
from bot.message import clean_text
from bot.teaching import repository
from content.pack import load_city
from core.clock import SystemClock, warsaw
from core.errors import ConfigurationError, HubError
from core.settings import Settings
from hub.commands.base import command_base
from hub.understanding.evaluation import measure, model_reader, understander_of
from hub.understanding.model import candidate_model, measuring, models_folder
from hub.understanding.steps import promoter, put_in_service, return_to_previous
from nlu.judging.evaluation import Evaluation
from nlu.judging.gate import load_gate
from nlu.judging.outcome import Sentence
from nlu.judging.report import Table, as_markdown, as_text, evaluation_tables
from nlu.model import SUFFIX, code_fingerprint
from nlu.promotion import pass_gate
from nlu.store import ModelStore
from nlu.taught import as_training_data, judged_sentences

_CLOCK = SystemClock()
_FOLLOWS = "A hub that runs on this store follows by itself."


async def train(settings: Settings) -> None:
    """Train the model if its inputs changed, and print where it lies; what is in service stays."""
    print(await candidate_model(settings, _to_stderr))


async def parse(settings: Settings) -> None:
    """Read JSON lines with a `text`, write them with the fields of `understanding` added; no context is kept."""
    city = load_city(settings.city, settings.city_packs)
    async with measuring(settings, await _model(settings), _CLOCK) as client:
        understander = understander_of(city, client)
        for line in sys.stdin:
            if not line.strip():
                continue
            entry = _entry(line)
            understanding = await understander.understand(clean_text(entry["text"]))
            entry |= understanding_json(understanding.step, understanding.entities)
            print(json.dumps(entry, ensure_ascii=False), flush=True)


async def evaluate(settings: Settings, as_json: bool, report: Path | None) -> None:
    """Print how well the model of the present sources understands the development sentences."""
    model = await _model(settings)
    evaluation = await measure(settings, model, _CLOCK)
    if model:
        ModelStore(models_folder(settings)).keep_evaluation(evaluation.model, evaluation)
    tables = evaluation_tables(evaluation)
    print(evaluation.model_dump_json(indent=1) if as_json else as_text(tables))
    if report:
        _write(report, evaluation, tables)


async def thresholds(settings: Settings) -> None:
    """Print the ladder's thresholds in use and those that cost residents least on the development sentences."""
    async with measuring(settings, await _model(settings), _CLOCK) as client:
        read = model_reader(load_city(settings.city, settings.city_packs), client)
        parses = [(sentence.expected, await read(sentence.text)) for sentence in judged_sentences()]
    tunings = (weigh(parses, CHOSEN), cheapest(parses))
    rows = [(name, *(f"{getattr(t.thresholds, name):.2f}" for t in tunings)) for name in asdict(CHOSEN)]
    rows.append(("mean cost of a sentence", *(f"{tuning.cost:.3f}" for tuning in tunings)))
    rows += [(outcome, *(str(tuning.outcomes[outcome]) for tuning in tunings)) for outcome in Outcome]
    print(as_text([Table(f"Ladder, {len(parses)} development sentences", ("", "in use", "cheapest"), rows)]))


async def promote(settings: Settings, by: str) -> None:
    """Train and measure the model of the present sources, and put it in service if it passes every condition."""
    actor, store = promoter(by), _store(settings)
    model = await candidate_model(settings, _to_stderr)
    name = model.name.removesuffix(SUFFIX)
    if store.registry().current == name:
        print(f"The model of the present sources, {name}, is in service already.")
        return

    async def measured(archive: Path) -> Evaluation:
        _to_stderr(f"measuring {archive.name.removesuffix(SUFFIX)} …")
        return await measure(settings, archive, _CLOCK)

    await pass_gate(store, model, measured, load_gate(), lambda tables: print(as_text(tables)))
    await put_in_service(settings, actor, store, name)
    print(f"\nIn service: {name}. {_FOLLOWS}")


async def rollback(settings: Settings, by: str) -> None:
    """Return to the model that was in service before."""
    registry = await return_to_previous(settings, promoter(by), _store(settings))
    print(f"In service: {registry.current}, instead of {registry.previous}. {_FOLLOWS}")


async def models(settings: Settings) -> None:
    """Print the models of the store, the newest first, and which of them is in service."""
    store = _store(settings)
    registry, code = store.registry(), code_fingerprint()
    roles = {registry.previous: "previous", registry.current: "in service"}
    rows = [
        (
            record.name,
            roles.get(record.name, "candidate") + ("" if record.code == code else ", of another release"),
            f"{warsaw(record.trained_at):%Y-%m-%d %H:%M}",
            f"{record.sentences} sentences",
            f"{record.verdict}: {record.reason}" if record.reason else str(record.verdict),
        )
        for record in store.records()
    ]
    columns = ("model", "", "trained", "from", "verdict")
    print(as_text([Table("Models", columns, rows)]) or "There is no model yet: hub nlu train makes one.")


async def taught(settings: Settings) -> None:
    """Print what staff taught, in the form of nlu/rasa/data."""
    async with command_base(settings) as base, base.database.read() as session:
        rows = await repository.taught(session)
    print(as_training_data(Sentence(row.intent, row.text) for row in rows), end="")


def _entry(line: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        message = f'Each line must be a JSON object with a "text": correct the line {line.strip()[:80]!r}.'
        raise HubError(message)
    return entry


async def _model(settings: Settings) -> Path | None:
    return None if settings.nlu_url else await candidate_model(settings, _to_stderr)


def _store(settings: Settings) -> ModelStore:
    store = ModelStore(models_folder(settings))
    if settings.nlu_url and not store.registry().current:
        message = "NLU_URL names another server, whose models are not kept here: run this where `hub nlu serve` runs."
        raise ConfigurationError(message)
    return store


def _write(report: Path, evaluation: Evaluation, tables: list[Table]) -> None:
    heading = f"Evaluation of the model {evaluation.model}, {warsaw(evaluation.at):%Y-%m-%d %H:%M}"
    try:
        report.write_text(as_markdown(heading, tables), encoding="utf-8")
    except OSError as error:
        message = f"The report {report} cannot be written ({error.strerror}): name another file with --report."
        raise HubError(message) from error


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
