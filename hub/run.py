"""Run roles in one process: `hub run` all of them, `hub api` and `hub scheduler` one each."""

import asyncio
import errno
import signal
import socket
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import TypeVar

import uvicorn

from api.app import create_app
from api.dependencies import Services
from api.health import HealthCheck
from core.errors import ConfigurationError
from core.settings import Settings
from hub import bootstrap
from hub.migrations.run import upgrade
from hub.model import serving, trained_model
from nlu.client import RasaClient
from nlu.supervisor import RasaSupervisor
from notifier.scheduler import Scheduler

_DRAIN_SECONDS = 5
_T = TypeVar("_T")


async def run_all(settings: Settings) -> None:
    """Serve pages, chat, model and scheduler until told to stop."""
    await _run(settings, with_api=True, with_scheduler=True)


async def run_api(settings: Settings) -> None:
    """Serve pages, chat and model until told to stop."""
    await _run(settings, with_api=True, with_scheduler=False)


async def run_scheduler(settings: Settings) -> None:
    """Run the regular jobs until told to stop."""
    await _run(settings, with_api=False, with_scheduler=True)


async def _run(settings: Settings, *, with_api: bool, with_scheduler: bool) -> None:
    stop = asyncio.Event()
    _stop_on_signals(stop)
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(_listen(settings)) if with_api else None
        base = await stack.enter_async_context(bootstrap.foundation(settings))
        await upgrade(base.database)
        model = await _until(stop, trained_model(settings, _progress)) if listener and not settings.nlu_url else None
        if listener and not stop.is_set():
            client, supervisor = await stack.enter_async_context(serving(settings, model, base.clock))
        # The tasks end before the model does, so that questions in flight are still understood.
        async with asyncio.TaskGroup() as group:
            if with_scheduler:
                group.create_task(Scheduler(bootstrap.jobs(base)).run(stop))
            if listener and not stop.is_set():
                group.create_task(_serve(api_services(base, client), listener, settings.trusted_proxies, stop))
                group.create_task(_announce(settings, supervisor, stop))
    print("Stopped.", flush=True)


def api_services(base: bootstrap.Foundation, parser: RasaClient) -> Services:
    """Return what the routes of an API process work with."""

    async def redis_answers() -> None:
        await base.redis.ping()

    health = HealthCheck(
        needed={"database": base.database.ping}, helpful={"redis": redis_answers, "understanding": parser.check}
    )
    return Services(
        assistant=bootstrap.assistant(base, parser),
        chat_guard=bootstrap.chat_guard(base),
        health=health,
        air=bootstrap.air_topic(base),
        city=base.city,
        demo=base.settings.is_demo,
        transcript_days=base.settings.transcript_days,
    )


class _Server(uvicorn.Server):
    """A server inside our loop: signals are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve(services: Services, listener: socket.socket, trusted_proxies: str, stop: asyncio.Event) -> None:
    config = uvicorn.Config(
        create_app(services),
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=trusted_proxies,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )
    server = _Server(config)
    serving_task = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving_task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        stopping.cancel()
        await serving_task


async def _announce(settings: Settings, supervisor: RasaSupervisor | None, stop: asyncio.Event) -> None:
    """Say where the pages are, and when questions are understood unless the process is stopped before."""
    address = f"http://{settings.hub_host}:{settings.port}"
    if supervisor:
        print(f"Pages are served on {address}; the language model is starting …", flush=True)
        await _until(stop, supervisor.wait_ready())
    if not stop.is_set():
        print(f"Ready: {address} (Ctrl-C stops everything)", flush=True)


async def _until(stop: asyncio.Event, work: Coroutine[None, None, _T]) -> _T | None:
    """Return what `work` returns, or None when `stop` comes first, which cancels the work."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        stopping.cancel()
        working.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


def _progress(line: str) -> None:
    print(f"Language model: {line}", flush=True)


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything slow is done.

    Raises:
        ConfigurationError: the port is in use, or the address is not this machine's.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.hub_host, settings.port))
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            message = (
                f"Port {settings.port} is in use: stop the program that uses it, "
                f"or choose another one, for example PORT={settings.port + 1}."
            )
        else:
            message = (
                f"Cannot listen on {settings.hub_host}:{settings.port}: {error.strerror}. Correct HUB_HOST or PORT."
            )
        raise ConfigurationError(message) from error
    return listener
