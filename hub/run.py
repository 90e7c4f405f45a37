"""Run roles in one process: `hub run` all of them, `hub api` and `hub scheduler` one each."""

import asyncio
import errno
import signal
import socket
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TypeVar

import uvicorn
from fastapi import APIRouter, FastAPI

from api.announcements import announcements_router
from api.app import create_app
from api.demo import demo_router
from api.dependencies import Services
from api.health import HealthCheck
from bot.assistant import Assistant
from core.errors import ConfigurationError
from core.settings import Settings
from hub import bootstrap, notifications
from hub.assistant import assistant as build_assistant
from hub.edits import follow_edits
from hub.jobs import jobs as regular_jobs
from hub.migrations.run import upgrade
from hub.model import serving, trained_model
from hub.topics import Topics
from nlu.client import RasaClient
from nlu.service import ModelService
from notifier.announcements.service import Announcements
from notifier.scheduler import Job, Scheduler

_DRAIN_SECONDS = 5
# Readings come twice an hour; a look costs nothing, and ends an episode that nothing is heard of.
_ALERT_MINUTES = "*/5"
_T = TypeVar("_T")


@dataclass(frozen=True)
class Roles:
    """What one process does."""

    web: bool = False
    scheduler: bool = False
    telegram: bool = False
    worker: bool = False


async def run_all(settings: Settings) -> None:
    """Serve pages, chat, channels, model, scheduler and worker until told to stop."""
    with_telegram = bool(settings.telegram_bot_token.get_secret_value())
    await _run(settings, Roles(web=True, scheduler=True, telegram=with_telegram, worker=True))


async def run_api(settings: Settings) -> None:
    """Serve pages, chat, the webhooks of channels and the model until told to stop."""
    with_telegram = bool(settings.telegram_bot_token.get_secret_value()) and settings.telegram_mode == "webhook"
    await _run(settings, Roles(web=True, telegram=with_telegram))


async def run_scheduler(settings: Settings) -> None:
    """Run the regular jobs until told to stop."""
    await _run(settings, Roles(scheduler=True))


async def run_worker(settings: Settings) -> None:
    """Send what is due until told to stop."""
    await _run(settings, Roles(worker=True))


async def run_telegram(settings: Settings) -> None:
    """Ask Telegram for messages and answer them until told to stop.

    Raises:
        ConfigurationError: there is no bot, or Telegram calls the API instead.
    """
    if not settings.telegram_bot_token.get_secret_value():
        message = "TELEGRAM_BOT_TOKEN is missing: set the token that BotFather gave."
        raise ConfigurationError(message)
    if settings.telegram_mode == "webhook":
        message = "TELEGRAM_MODE is webhook: Telegram calls the API, so run `hub api` instead, or set it to polling."
        raise ConfigurationError(message)
    await _run(settings, Roles(telegram=True))


async def _run(settings: Settings, roles: Roles) -> None:
    stop = asyncio.Event()
    _stop_on_signals(stop)
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(_listen(settings)) if roles.web else None
        base = await stack.enter_async_context(bootstrap.foundation(settings))
        await upgrade(base.database)
        answers = roles.web or roles.telegram
        model = await _until(stop, trained_model(settings, _progress)) if answers and not settings.nlu_url else None
        if answers and not stop.is_set():
            client, supervisor = await stack.enter_async_context(serving(settings, model, base.clock))
        worker = await stack.enter_async_context(notifications.worker(base)) if roles.worker else None
        # The tasks end before the model does, so that questions in flight are still understood.
        async with asyncio.TaskGroup() as group:
            if roles.scheduler:
                jobs = [*regular_jobs(base), Job("alerts", notifications.Alerts(base).run, minutes=_ALERT_MINUTES)]
                group.create_task(Scheduler(jobs).run(stop))
            if worker:
                group.create_task(worker.run(stop))
            if answers and not stop.is_set():
                group.create_task(follow_edits(base, stop))
                for work in _answering(base, client, roles, listener, stop):
                    group.create_task(work)
                group.create_task(_announce(settings, roles, supervisor, stop))
    print("Stopped.", flush=True)


def _answering(
    base: bootstrap.Foundation, parser: RasaClient, roles: Roles, listener: socket.socket | None, stop: asyncio.Event
) -> list[Coroutine[None, None, None]]:
    """Return the work of every channel that this process serves."""
    topics = Topics(base)
    assistant = build_assistant(base, topics, parser)
    routers: list[APIRouter] = []
    work: list[Coroutine[None, None, None]] = []
    if roles.telegram:
        telegram = import_module("hub.telegram").telegram(base, assistant)
        routers += telegram.routers
        work.append(telegram.run(stop))
    if listener and base.settings.twilio_account_sid:
        routers += import_module("hub.sms").routers(base, assistant)
    if key := base.settings.api_key.get_secret_value():
        routers.append(announcements_router(Announcements(base.database, base.redis, base.clock), key))
    if listener and base.settings.is_demo:
        desk = notifications.demo_desk(base)
        work.append(desk.demo.settle())
        routers.append(demo_router(desk))
    if listener:
        app = create_app(api_services(base, parser, assistant, topics), routers)
        work.append(_serve(app, listener, base.settings.trusted_proxies, stop))
    return work


def api_services(base: bootstrap.Foundation, parser: RasaClient, assistant: Assistant, topics: Topics) -> Services:
    """Return what the routes of an API process work with."""

    async def redis_answers() -> None:
        await base.redis.ping()

    health = HealthCheck(
        needed={"database": base.database.ping}, helpful={"redis": redis_answers, "understanding": parser.check}
    )
    return Services(
        assistant=assistant,
        chat_guard=bootstrap.chat_guard(base),
        health=health,
        air=topics.air,
        agenda=topics.agenda,
        open_data=topics.open_data(),
        city=base.city,
        clock=base.clock,
        demo=base.settings.is_demo,
        transcript_days=base.settings.transcript_days,
        handoff_days=base.settings.handoff_days,
    )


class _Server(uvicorn.Server):
    """A server inside our loop: signals are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _serve(app: FastAPI, listener: socket.socket, trusted_proxies: str, stop: asyncio.Event) -> None:
    config = uvicorn.Config(
        app,
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


async def _announce(settings: Settings, roles: Roles, supervisor: ModelService | None, stop: asyncio.Event) -> None:
    """Say where the pages are, and when questions are understood unless the process is stopped before."""
    where = f"http://{settings.hub_host}:{settings.port}" if roles.web else "Telegram"
    if supervisor:
        if roles.web:
            print(f"Pages are served on {where}; the language model is starting …", flush=True)
        await _until(stop, supervisor.wait_ready())
    if not stop.is_set():
        print(f"Ready: {where} (Ctrl-C stops everything)", flush=True)


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
