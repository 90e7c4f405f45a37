"""Serves the model in service, and follows the registry: a new model takes over without a pause (blue/green)."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from core.errors import HubError
from core.logging import get_logger
from nlu.choice import usable_archive
from nlu.endpoint import Endpoint
from nlu.model import ROOT, SUFFIX, code_fingerprint
from nlu.serving.background import Background
from nlu.serving.pace import PATIENT, Pace
from nlu.serving.server import StartFailed
from nlu.serving.standby import ModelServers
from nlu.serving.supervisor import RasaSupervisor
from nlu.store import ModelStore, ModelUnusable

_log = get_logger(__name__)


class ModelService:
    """The servers behind one client; `supervise` makes what keeps a server of an archive running."""

    def __init__(
        self,
        store: ModelStore,
        supervise: Callable[[Path], RasaSupervisor],
        pace: Pace = PATIENT,
        *,
        standby: bool = False,
        root: Path = ROOT,
    ) -> None:
        self._store = store
        self._supervise = supervise
        self._pace = pace
        self._standby = standby
        self._root = root
        self._name = ""
        self._passed_over = ""
        self._servers: ModelServers | None = None
        self._live: list[ModelServers] = []
        self._ready = asyncio.Event()
        self._work = Background("the service of the language model")

    @property
    def name(self) -> str:
        """Return the model in service, empty before the first one."""
        return self._name

    @property
    def ready(self) -> int:
        """Return how many servers of it answer: one, and the standby where there is one."""
        return self._servers.ready if self._servers else 0

    def endpoint(self) -> Endpoint | None:
        """Return where the model in service answers, None while it does not."""
        return self._servers.endpoint() if self._servers else None

    async def start(self, find_model: Callable[[], Awaitable[Path]]) -> None:
        """Begin to serve the archive of the store that is found, which may take a training; return at once."""
        self._work.start(self._serve(find_model))

    async def wait_ready(self) -> None:
        """Return when a model has answered; raise what ended the service, such as a training that failed."""
        await self._work.until(self._ready)

    async def stop(self) -> None:
        """Stop all servers; return when their processes are gone."""
        await self._work.stop()

    async def _serve(self, find_model: Callable[[], Awaitable[Path]]) -> None:
        try:
            await self._begin(await find_model())
            while True:
                try:
                    await self._follow()
                except OSError as error:  # a full disk must not end the service
                    _log.error("the store of models cannot be used", error=type(error).__name__)
                await asyncio.sleep(self._pace.watch)
        finally:
            await asyncio.gather(*(servers.stop() for servers in self._live))

    async def _begin(self, model: Path) -> None:
        """Serve the first model; if it is new and does not come up, the one in service instead."""
        self._name = model.name.removesuffix(SUFFIX)
        self._servers = self._launch(model)
        try:
            await self._servers.start()
        except StartFailed as error:
            in_service = self._store.registry().current
            other = usable_archive(self._store, in_service, self._root)
            if other is None or in_service == self._name:
                return  # there is nothing better than to go on trying
            _log.error("the new model cannot be served; the one in service stays", model=self._name, reason=str(error))
            self._store.give_up(self._name, str(in_service), str(error))
            await self._retire(self._servers)
            await self._begin(other)
        else:
            self._store.put_in_service(self._name)
            await self._settle()

    async def _follow(self) -> None:
        if self.endpoint():
            self._ready.set()
        wanted = self._store.registry().current
        if wanted is None and self.endpoint():
            self._store.put_in_service(self._name)
        elif wanted not in {None, self._name, self._passed_over}:
            await self._change_to(str(wanted))

    async def _change_to(self, name: str) -> None:
        """Start the other model beside the present one, and switch once it understands; else stay."""
        record = self._store.get(name)
        if record and record.code != code_fingerprint(self._root):
            _log.error("the model in service was made for another release; the present one stays", model=name)
            self._passed_over = name
            return
        try:
            new = self._launch(self._store.archive(name))
        except ModelUnusable as error:
            self._store.give_up(name, self._name, str(error))
            _log.error("the model cannot be served; the present one stays", model=name, reason=str(error))
            return
        try:
            await new.start()
        except HubError as error:
            await self._retire(new)
            self._store.give_up(name, self._name, str(error))
            _log.error("the model cannot be served; the present one stays", model=name, reason=str(error))
            return
        old, self._servers, self._name = self._servers, new, name
        _log.info("another model answers now", model=name)
        await asyncio.sleep(self._pace.drain)  # what was asked of the old one is answered by it
        if old:
            await self._retire(old)
        await self._settle()

    async def _settle(self) -> None:
        self._ready.set()
        if self._standby and self._servers:
            await self._servers.add()

    def _launch(self, model: Path) -> ModelServers:
        servers = ModelServers(lambda: self._supervise(model))
        self._live.append(servers)
        return servers

    async def _retire(self, servers: ModelServers) -> None:
        await servers.stop()
        self._live.remove(servers)
