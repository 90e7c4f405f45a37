"""The role `hub nlu serve`: the language model for other processes, behind one address and a token."""

import asyncio
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from core.errors import ConfigurationError
from core.http import http_client
from core.settings import Settings, is_loopback
from hub.bootstrap import Foundation
from hub.serving import listen, serve
from hub.understanding.model import models_folder, trainer_of
from hub.understanding.teaching import taught_before
from nlu.judging.outcome import Sentence
from nlu.lifecycle import ensure_model
from nlu.serving.door import Door
from nlu.serving.service import ModelService
from nlu.shared.following import Following
from nlu.store import ModelStore

_SHORTEST_TOKEN = 32
# A child that does not answer for so long will not answer any resident in time.
_CHILD_SECONDS = 5.0
# Longer than clients keep a connection: none of them sends a question into one that is being closed.
_KEEP_ALIVE_SECONDS = 75


def open_door(settings: Settings) -> socket.socket:
    """Take the port of NLU_LISTEN.

    Raises:
        ConfigurationError: the address cannot be used, or there is no token that keeps strangers out.
    """
    token = settings.nlu_token.get_secret_value()
    if not token or (len(token) < _SHORTEST_TOKEN and not settings.is_demo):
        message = f"NLU_TOKEN is missing or too short: set at least {_SHORTEST_TOKEN} random characters."
        raise ConfigurationError(message)
    host, port = _address(settings)
    return listen(host, port, "NLU_LISTEN", f"NLU_LISTEN={settings.nlu_listen.rpartition(':')[0]}:{port + 1}")


def follower(base: Foundation, progress: Callable[[str], None]) -> Following:
    """Return what keeps the store of this machine and the shared state of the models together."""
    folder = models_folder(base.settings)

    async def train(taught: Sequence[Sentence]) -> Path:
        return await ensure_model(folder, trainer_of(base.settings), progress, taught=taught)

    return Following(base.database, base.clock, ModelStore(folder), train)


async def taught_to_serve(base: Foundation, following: Following | None) -> Sequence[Sentence]:
    """Return what a start teaches its model; with `following` what other machines taught theirs, if there are any."""
    taught = await following.begin() if following else None
    return await taught_before(base.database) if taught is None else taught


async def answer_questions(
    base: Foundation, service: ModelService, listener: socket.socket, stop: asyncio.Event
) -> None:
    """Let questions through to the model in service until told to stop."""
    token = base.settings.nlu_token.get_secret_value()
    async with http_client(timeout=_CHILD_SECONDS) as http:
        door = Door(http, service.endpoint, lambda: service.name, token)
        await serve(door, listener, "", stop, keep_alive=_KEEP_ALIVE_SECONDS)


def _address(settings: Settings) -> tuple[str, int]:
    parts = urlsplit(f"//{settings.nlu_listen}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port:
        raise ConfigurationError("NLU_LISTEN is wrong: write it as host:port, such as 127.0.0.1:5005.")
    if settings.is_demo and not is_loopback(host):
        message = "NLU_LISTEN must be a loopback address in the demo: use 127.0.0.1, or set HUB_PROFILE=production."
        raise ConfigurationError(message)
    return host, port
