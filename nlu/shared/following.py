"""Keeps the store of this machine and the shared state together, both ways."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from core.clock import Clock
from core.database import Database
from core.errors import HubError
from core.logging import get_logger
from nlu.judging.outcome import Sentence
from nlu.model import SUFFIX, code_fingerprint
from nlu.record import ModelRecord, Registry, Verdict
from nlu.shared import repository
from nlu.shared.repository import Shared
from nlu.store import ModelStore

LOOK_SECONDS = 2.0

# Returns the archive of the model of the release and these taught sentences, trained when this machine lacks it.
Train = Callable[[Sequence[Sentence]], Awaitable[Path]]

_log = get_logger(__name__)


@dataclass(frozen=True)
class _Local:
    registry: Registry
    records: Mapping[str, ModelRecord]


class Following:
    """Puts in service what was decided elsewhere, and tells what changed here; the service follows the store."""

    def __init__(
        self, database: Database, clock: Clock, store: ModelStore, train: Train, code: str | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._store = store
        self._train = train
        self._code = code or code_fingerprint()
        self._seen_version: int | None = None
        self._told: _Local | None = None

    async def begin(self) -> tuple[Sentence, ...] | None:
        """Take over what was decided while this machine was away; None when nothing is shared yet.

        Returns what was taught to the model in service, for a release that has to learn it anew.
        """
        shared = await self._read()
        wanted = shared.records.get(str(shared.registry.current)) if shared else None
        if shared is None or wanted is None:
            return None
        self._seen_version, self._told = shared.version, self._local()
        if wanted.name != self._store.registry().current:
            if wanted.code == self._code:
                await self._take_over(shared, wanted)
            else:
                self._store.leave_service()
        return wanted.taught

    async def run(self, stop: asyncio.Event) -> None:
        """Follow until `stop`; while the database is away, what is served stays."""
        while not stop.is_set():
            try:
                await self.step()
            except (SQLAlchemyError, OSError) as error:
                _log.warning("the shared state of the models cannot be followed", error=type(error).__name__)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await stop.wait()

    async def step(self) -> None:
        """Look once: first at what others changed, then at what changed here."""
        shared = await self._read()
        if shared and shared.version != self._seen_version:
            self._seen_version = shared.version
            await self._follow(shared)
        elif self._local() != self._told:
            await self._tell()

    async def _follow(self, shared: Shared) -> None:
        wanted = shared.records.get(str(shared.registry.current))
        if wanted is None or wanted.name == self._store.registry().current:
            return
        if wanted.code != self._code:
            _log.error("the model in service was made for another release; the present one stays", model=wanted.name)
            return
        await self._take_over(shared, wanted)

    async def _take_over(self, shared: Shared, wanted: ModelRecord) -> None:
        """Put a model in service that was decided on elsewhere; what cannot be had here does not end the service."""
        try:
            archive = await self._train(wanted.taught)
        except HubError as error:
            _log.error("the model in service cannot be had here", model=wanted.name, reason=str(error))
            return
        if archive.name.removesuffix(SUFFIX) != wanted.name:
            _log.error("the model in service was made from other sources", model=wanted.name)
            return
        registry = self._store.registry()
        left = shared.records.get(str(registry.current))
        if registry.previous == wanted.name and left and left.verdict is Verdict.WITHDRAWN:
            self._store.roll_back(self._code)
        else:
            self._store.put_in_service(wanted.name)
        told = self._told or self._local()
        self._told = _Local(self._store.registry(), told.records)
        _log.info("a model was put in service elsewhere", model=wanted.name)

    async def _tell(self) -> None:
        """Tell what changed here, unless somebody else was quicker."""
        local = self._local()
        if local.registry.current is None:
            return
        async with self._database.write() as session:
            shared = await repository.read(session, lock=True)
            if shared and shared.version != self._seen_version:
                return
            records = {**(shared.records if shared else {}), **self._news(local, shared)}
            version = await repository.write(session, local.registry, records.values(), self._clock.now())
        self._seen_version, self._told = version, local

    def _news(self, local: _Local, shared: Shared | None) -> dict[str, ModelRecord]:
        """Return the records that became known or changed here; what others wrote of a model stays otherwise."""
        known = shared.records if shared else {}
        told = self._told.records if self._told else local.records
        return {name: record for name, record in local.records.items() if name not in known or record != told.get(name)}

    def _local(self) -> _Local:
        return _Local(self._store.registry(), {record.name: record for record in self._store.records()})

    async def _read(self) -> Shared | None:
        async with self._database.read() as session:
            return await repository.read(session)
