"""The models as a panel sees and changes them: on the disk of this machine, or in the database."""

import asyncio
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from nlu.admission import NotAdmitted, Obstacle, admit, obstacle
from nlu.record import ModelRecord, Registry, Verdict
from nlu.shared import repository
from nlu.shared.repository import Models
from nlu.store import ModelStore, ModelUnusable


class Shelf(Protocol):
    """Each step belongs to the caller's unit of work; `code` is the fingerprint of the present code."""

    async def models(self, session: AsyncSession) -> Models | None:
        """Return the models, None when they are none of ours."""
        ...

    async def admit(self, session: AsyncSession, name: str, code: str, now: datetime) -> None:
        """Put a model in service that passed the gate; raise `NotAdmitted`."""
        ...

    async def roll_back(self, session: AsyncSession, code: str, now: datetime) -> None:
        """Return to the model before; raise `ModelUnusable`."""
        ...


class StoreShelf:
    """The store of this machine."""

    def __init__(self, store: ModelStore) -> None:
        self._store = store

    async def models(self, session: AsyncSession) -> Models:  # noqa: ARG002 - the files know
        """Return the models."""
        return await asyncio.to_thread(self._models)

    async def admit(self, session: AsyncSession, name: str, code: str, now: datetime) -> None:  # noqa: ARG002
        """Put a model in service that passed the gate; raise `NotAdmitted`."""
        await asyncio.to_thread(admit, self._store, name, code)

    async def roll_back(self, session: AsyncSession, code: str, now: datetime) -> None:  # noqa: ARG002
        """Return to the model before; raise `ModelUnusable`."""
        await asyncio.to_thread(self._store.roll_back, code)

    def _models(self) -> Models:
        return Models(self._store.registry(), {record.name: record for record in self._store.records()})


class SharedShelf:
    """The database: processes of the language model follow what is changed there within seconds."""

    async def models(self, session: AsyncSession) -> Models | None:
        """Return the models, None when no process of ours shares them."""
        return await repository.read(session)

    async def admit(self, session: AsyncSession, name: str, code: str, now: datetime) -> None:
        """Put a model in service that passed the gate; raise `NotAdmitted`."""
        shared = await self._shared(session)
        if reason := obstacle(shared.records.get(name), code):
            raise NotAdmitted(reason)
        if shared.records[name].against != shared.registry.current:
            raise NotAdmitted(Obstacle.OVERTAKEN)
        if name != shared.registry.current:
            changed = Registry(current=name, previous=shared.registry.current)
            await repository.write(session, changed, shared.records.values(), now)

    async def roll_back(self, session: AsyncSession, code: str, now: datetime) -> None:
        """Return to the model before; raise `ModelUnusable`."""
        shared = await self._shared(session)
        left, wanted = (shared.records.get(str(name)) for name in (shared.registry.current, shared.registry.previous))
        if left is None or wanted is None or wanted.code != code:
            raise ModelUnusable("There is no previous model of this release to return to.")
        turned = Registry(current=wanted.name, previous=left.name)
        changed = {left.name: _left(left), wanted.name: _returned_to(wanted)}
        await repository.write(session, turned, {**shared.records, **changed}.values(), now)

    async def _shared(self, session: AsyncSession) -> repository.Shared:
        shared = await repository.read(session, lock=True)
        if shared is None:
            raise ModelUnusable("No process of the language model shares its models.")
        return shared


def _left(record: ModelRecord) -> ModelRecord:
    withdrawn = {"verdict": Verdict.WITHDRAWN, "reason": "a person returned to the model before it"}
    return record.model_copy(update=withdrawn)


def _returned_to(record: ModelRecord) -> ModelRecord:
    if record.verdict is not Verdict.WITHDRAWN:
        return record
    return record.model_copy(update={"verdict": Verdict.UNTESTED, "reason": "a person returned to it"})
