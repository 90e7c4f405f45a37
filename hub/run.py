"""Run roles in one process: `hub run` all of them, `hub api` and `hub scheduler` one each."""

import asyncio
import gc
import signal
import socket
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from importlib import import_module

from fastapi import APIRouter
from structlog.contextvars import bind_contextvars

from api.app import create_app
from api.demo import demo_router
from core.errors import ConfigurationError
from core.processes.pulse import Pulse
from core.settings import Settings
from core.stopping import until
from hub import bootstrap
from hub.assistant import assistant as build_assistant
from hub.edits import follow_edits
from hub.jobs import jobs as regular_jobs
from hub.keys.rotation import require_fitting_keys
from hub.messaging.alerts import Alerts
from hub.messaging.channels import open_channels, staff_notices, staff_post
from hub.messaging.channels import worker as build_worker
from hub.messaging.letters import letter_carrier
from hub.migrations.run import upgrade
from hub.serving import listen, serve
from hub.topics import Topics
from hub.understanding.model import serving, trained_model, trainer_of
from hub.understanding.role import answer_questions, follower, open_door, taught_to_serve
from hub.understanding.teaching import training_runner
from hub.watching.heartbeat import heartbeat
from hub.watching.port import show_metrics, watching
from hub.watching.process import Parts
from hub.web.demo import demo_of, say_demo_staff
from hub.web.sign_up import open_sign_up
from hub.web.site import api_services, site_routers
from nlu.client import CheckedParser
from nlu.serving.service import ModelService
from notifier.channels.base import Channel
from notifier.scheduler import Scheduler
from notifier.scheduler.leadership import leadership
from notifier.scheduler.runs import JobRuns


@dataclass(frozen=True)
class Roles:
    """What one process does."""

    web: bool = False
    scheduler: bool = False
    telegram: bool = False
    worker: bool = False
    nlu: bool = False
    channels: str = ""
    """Names of the worker's channels by commas; empty: all of them."""

    @property
    def names(self) -> list[str]:
        """Return the parts of the product that the process is."""
        return [name for name in ("web", "scheduler", "telegram", "worker", "nlu") if getattr(self, name)]


@dataclass(frozen=True)
class _Web:
    """What a process serves pages with: its port, the channels, and routes that were opened before."""

    listener: socket.socket
    channels: Mapping[str, Channel]
    routers: Sequence[APIRouter]


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


async def run_worker(settings: Settings, channels: str | None) -> None:
    """Send what is due on these channels (all of them without names) until told to stop."""
    await _run(settings, Roles(worker=True, channels=channels or ""))


async def run_nlu(settings: Settings) -> None:
    """Serve the language model to other processes until told to stop.

    Raises:
        ConfigurationError: there is no token that keeps strangers out, or NLU_LISTEN cannot be used.
    """
    await _run(settings, Roles(nlu=True))


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
    bind_contextvars(role=",".join(roles.names))
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(_listen(settings)) if roles.web else None
        door = stack.enter_context(open_door(settings)) if roles.nlu else None
        base = await stack.enter_async_context(bootstrap.foundation(settings))
        pulse = await stack.enter_async_context(watching(base))
        await upgrade(base.database)
        await require_fitting_keys(base.database, bootstrap.address_vault(settings))
        answers = roles.web or roles.telegram
        trains = roles.nlu or (answers and not settings.nlu_url)
        following = follower(base, _progress) if roles.nlu else None
        taught = await until(stop, taught_to_serve(base, following)) if trains else None
        client: CheckedParser | None = None
        service: ModelService | None = None
        if (answers or trains) and not stop.is_set():
            # Pages are served, with buttons, while a first model is trained; that Rasa is missing is told before.
            trainer = trainer_of(settings) if trains else None
            find_model = partial(trained_model, settings, trainer, _progress, taught or ()) if trainer else None
            client, service = await stack.enter_async_context(serving(settings, find_model, base.clock))
        every = await stack.enter_async_context(open_channels(base))
        routers = await stack.enter_async_context(open_sign_up(base, every)) if listener else ()
        work = _background(base, roles, every, service, pulse, stop)
        if door and following and service:
            work += [answer_questions(base, service, door, stop), following.run(stop), training_runner(base).run(stop)]
        if answers and client:
            web = _Web(listener, every, routers) if listener else None
            work += _answering(base, client, roles, web, stop)
        if client:
            work.append(_announce(settings, roles, service, stop))
        # The tasks end before the model does, so that questions in flight are still understood.
        async with asyncio.TaskGroup() as group:
            for part in work:
                group.create_task(_with_the_others(part, stop))
    print("Stopped.", flush=True)


async def _with_the_others(work: Coroutine[None, None, None], stop: asyncio.Event) -> None:
    """Do a part of the work; when it fails, tell the others to stop.

    To cancel them is not enough: `asyncio.wait_for` of Python 3.11, which the client of Redis uses, may lose that.
    """
    try:
        await work
    except BaseException:
        stop.set()
        raise


def _background(
    base: bootstrap.Foundation,
    roles: Roles,
    every: dict[str, Channel],
    service: ModelService | None,
    pulse: Pulse,
    stop: asyncio.Event,
) -> list[Coroutine[None, None, None]]:
    """Return the work that nobody asks for: jobs, sending, and the life of this process."""
    scheduler = _scheduler(base) if roles.scheduler else None
    worker = build_worker(base, every, roles.channels) if roles.worker else None
    parts = Parts(roles.names, pulse, scheduler, worker, service)
    show_metrics(base, parts)
    work = [heartbeat(base, parts).run(stop)]
    if scheduler:
        work += [scheduler.run(stop), staff_post(base, every, lambda: scheduler.leads).run(stop)]
    if worker:
        work += [worker.run(stop), letter_carrier(base, every, roles.channels).run(stop)]
    if worker or roles.web or roles.telegram:
        work.append(follow_edits(base, stop))
    return work


def _scheduler(base: bootstrap.Foundation) -> Scheduler:
    runs = JobRuns(base.database, base.clock)
    return Scheduler(regular_jobs(base), runs, leadership(base.database), staff_notices(base))


def _answering(
    base: bootstrap.Foundation,
    parser: CheckedParser,
    roles: Roles,
    web: _Web | None,
    stop: asyncio.Event,
) -> list[Coroutine[None, None, None]]:
    """Return the work of every channel that this process serves, with pages where there is a `web`."""
    topics = Topics(base)
    assistant = build_assistant(base, topics, parser, web.channels if web else None)
    routers: list[APIRouter] = [*web.routers] if web else []
    work: list[Coroutine[None, None, None]] = []
    if roles.telegram:
        telegram = import_module("hub.messaging.telegram").telegram(base, assistant)
        routers += telegram.routers
        work.append(telegram.run(stop))
    if web:
        routers += site_routers(base, assistant, topics, stop, web.channels)
        if base.settings.twilio_account_sid:
            work.append(import_module("hub.messaging.sms").answer_missed(base, assistant, stop))
        if base.settings.is_demo:
            demo = demo_of(base)
            work += [demo.settle(), say_demo_staff(base)]
            routers.append(demo_router(demo, Alerts(base).run))
        if not base.settings.nlu_url:
            work.append(training_runner(base).run(stop))
        app = create_app(api_services(base, parser, assistant, topics), routers)
        work.append(serve(app, web.listener, base.settings.trusted_proxies, stop))
    return work


async def _announce(settings: Settings, roles: Roles, supervisor: ModelService | None, stop: asyncio.Event) -> None:
    """Say where the pages are, and when questions are understood unless the process is stopped before."""
    where = _where(settings, roles)
    if supervisor:
        served = f"Pages are served on {where}; the" if roles.web else "The"
        print(f"{served} language model is starting …", flush=True)
        await until(stop, supervisor.wait_ready())
    if not stop.is_set():
        _spare_the_collector()
        print(f"Ready: {where} (Ctrl-C stops everything)", flush=True)


def _where(settings: Settings, roles: Roles) -> str:
    if roles.nlu:
        return f"the language model on {settings.nlu_listen}"
    return f"http://{settings.hub_host}:{settings.port}" if roles.web else "Telegram"


def _spare_the_collector() -> None:
    """Take what was loaded at the start out of garbage collection: walking it stopped every chat for 0.1–0.2 s."""
    gc.collect()
    gc.freeze()


def _progress(line: str) -> None:
    print(f"Language model: {line}", flush=True)


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)


def _listen(settings: Settings) -> socket.socket:
    """Take the port of the pages; raise `ConfigurationError` when it cannot be had."""
    return listen(settings.hub_host, settings.port, "HUB_HOST or PORT", f"PORT={settings.port + 1}")
