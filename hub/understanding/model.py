"""The language model of this process: supervised children that follow the store, or a Rasa server run by others."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2

from core.clock import Clock
from core.errors import ConfigurationError
from core.http import http_client
from core.settings import Settings
from nlu.choice import choose_model, taught_in_service
from nlu.client import CheckedParser, RasaClient
from nlu.endpoint import fixed_endpoint
from nlu.judging.outcome import Sentence
from nlu.lifecycle import ensure_model, trainer
from nlu.serving.service import ModelService
from nlu.serving.smoke import smoke_test
from nlu.serving.supervisor import RasaSupervisor, server_command
from nlu.spread import SpreadParser
from nlu.store import ModelStore

_TIMEOUT_SECONDS = 2.0
# With several servers: so that a question that one does not answer is answered by another within the same time.
_TRY_SECONDS, _TRY_QUEUE_SECONDS = 1.0, 0.5
# Who measures a model wants its answer, not a resident's patience.
_MEASURING_SECONDS = 30.0


def models_folder(settings: Settings) -> Path:
    """Return the folder of the store of models."""
    return settings.var_dir / "models"


async def trained_model(
    settings: Settings, trainer: Sequence[str], progress: Callable[[str], None], taught: Sequence[Sentence] = ()
) -> Path:
    """Return the model that a start serves, trained when it is missing (docs/adr/0005-model-life.md).

    `trainer` is the command that trains; `taught` is what staff taught, for a store that has no model in service yet.

    Raises:
        TrainingFailed: see nlu.lifecycle.
    """
    return await choose_model(models_folder(settings), trainer, progress, taught=taught)


async def candidate_model(settings: Settings, progress: Callable[[str], None]) -> Path:
    """Return the model of the present sources, trained when it is missing, whether it is fit to serve or not.

    It learns what was taught to the model in service, too. Raises what `trained_model` raises.
    """
    folder = models_folder(settings)
    taught = taught_in_service(ModelStore(folder))
    return await ensure_model(folder, trainer_of(settings), progress, taught=taught)


@asynccontextmanager
async def serving(
    settings: Settings, find_model: Callable[[], Awaitable[Path]] | None, clock: Clock
) -> AsyncIterator[tuple[CheckedParser, ModelService | None]]:
    """Serve the model that is found and whatever replaces it in the store; without, ask the servers of NLU_URL.

    Yield the client and the service, if any.
    """
    async with http_client(timeout=_TIMEOUT_SECONDS) as http:
        if find_model is None:
            yield _of_others(settings, http, clock), None
            return
        service = ModelService(
            ModelStore(models_folder(settings)),
            lambda archive: _supervisor(settings, archive, http, clock),
            standby=settings.nlu_standby,
        )
        await service.start(find_model)
        try:
            yield RasaClient(http, service.endpoint, clock), service
        finally:
            await service.stop()


@asynccontextmanager
async def measuring(settings: Settings, model: Path | None, clock: Clock) -> AsyncIterator[RasaClient]:
    """Serve `model` alone, or ask the first server of NLU_URL when there is none; yield a patient client.

    Raises `StartFailed`.
    """
    async with http_client(timeout=_MEASURING_SECONDS) as http:
        if model is None:
            endpoints = fixed_endpoint(settings.nlu_urls[0], settings.nlu_token.get_secret_value())
            yield RasaClient(http, endpoints, clock, total=_MEASURING_SECONDS)
            return
        supervisor = _supervisor(settings, model, http, clock)
        await supervisor.start()
        try:
            await supervisor.wait_first_start()
            yield RasaClient(http, supervisor.endpoint, clock, total=_MEASURING_SECONDS)
        finally:
            await supervisor.stop()


def _of_others(settings: Settings, http: httpx2.AsyncClient, clock: Clock) -> CheckedParser:
    token = settings.nlu_token.get_secret_value()
    sources = [fixed_endpoint(url, token) for url in settings.nlu_urls]
    if len(sources) == 1:
        return RasaClient(http, sources[0], clock)
    clients = [RasaClient(http, each, clock, total=_TRY_SECONDS, queue=_TRY_QUEUE_SECONDS) for each in sources]
    return SpreadParser(clients, clock)


def _supervisor(settings: Settings, model: Path, http: httpx2.AsyncClient, clock: Clock) -> RasaSupervisor:
    return RasaSupervisor(server_command(settings.nlu_python, model), http, smoke=smoke_test(http, clock))


def trainer_of(settings: Settings) -> list[str]:
    """Return the command that trains a model; raise `ConfigurationError` when Rasa is not installed."""
    python = settings.nlu_python
    if not python.is_file():
        message = (
            f"Rasa is not installed: there is no interpreter {python}. "
            "Run deploy/setup.sh run, or set NLU_URL and NLU_TOKEN to a Rasa server."
        )
        raise ConfigurationError(message)
    return trainer(python)
