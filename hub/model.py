"""The language model of this process: a supervised child, or a Rasa server run by someone else."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from core.clock import Clock
from core.errors import ConfigurationError
from core.http import http_client
from core.settings import Settings
from nlu.client import RasaClient
from nlu.endpoint import fixed_endpoint
from nlu.lifecycle import ensure_model, trainer
from nlu.supervisor import RasaSupervisor, server_command

_TIMEOUT_SECONDS = 2.0


async def trained_model(settings: Settings, progress: Callable[[str], None]) -> Path:
    """Return the model of the present sources, trained when it is missing.

    Raises:
        ConfigurationError: the Rasa environment is not installed.
        TrainingFailed: see nlu.lifecycle.
    """
    python = settings.nlu_python
    if not python.is_file():
        message = (
            f"Rasa is not installed: there is no interpreter {python}. "
            "Run deploy/setup.sh run, or set NLU_URL and NLU_TOKEN to a Rasa server."
        )
        raise ConfigurationError(message)
    return await ensure_model(settings.var_dir / "models", trainer(python), progress)


@asynccontextmanager
async def serving(
    settings: Settings, model: Path | None, clock: Clock
) -> AsyncIterator[tuple[RasaClient, RasaSupervisor | None]]:
    """Run the child for `model`, or use NLU_URL when there is none; yield the client and the supervisor, if any."""
    async with http_client(timeout=_TIMEOUT_SECONDS) as http:
        if model is None:
            yield RasaClient(http, fixed_endpoint(settings.nlu_url, settings.nlu_token.get_secret_value()), clock), None
            return
        supervisor = RasaSupervisor(server_command(settings.nlu_python, model), http)
        await supervisor.start()
        try:
            yield RasaClient(http, supervisor.endpoint, clock), supervisor
        finally:
            await supervisor.stop()
