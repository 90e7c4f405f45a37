"""What staff do with models: have one trained, put it in service, leave it, return to the one before."""

import asyncio
from collections.abc import Iterable
from functools import cached_property

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.teaching import repository
from bot.teaching.errors import Refusal, StepRefusedError
from bot.teaching.models import TaughtRow, TrainingRow
from bot.teaching.overview import Overview
from bot.teaching.training import Training, TrainingState, training_of_row
from core.audit.service import Deed, record
from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission
from nlu.admission import NotAdmitted, Obstacle
from nlu.judging.outcome import Sentence
from nlu.model import code_fingerprint, fingerprint
from nlu.record import ModelRecord, Verdict
from nlu.shared.repository import Models
from nlu.shared.shelf import Shelf
from nlu.store import ModelUnusable
from nlu.taught import beyond, release_words

_LISTED = 50
_REFUSALS = {
    Obstacle.GONE: Refusal.GONE,
    Obstacle.NOT_PASSED: Refusal.NOT_READY,
    Obstacle.OTHER_RELEASE: Refusal.OTHER_RELEASE,
    Obstacle.OVERTAKEN: Refusal.CHANGED,
}


class Trainings:
    """Each step is one unit of work; the `shelf` knows no models where somebody else serves them."""

    def __init__(self, database: Database, clock: Clock, shelf: Shelf) -> None:
        self._database = database
        self._clock = clock
        self._shelf = shelf

    async def overview(self, actor: Actor) -> Overview:
        """Return where the models stand."""
        actor.require(Permission.READ_TRANSCRIPTS)
        async with self._database.read() as session:
            rows = await repository.trainings(session, _LISTED)
            taught_rows = await repository.taught(session)
            models = await self._shelf.models(session)
        current, previous = await asyncio.to_thread(_in_service, models)
        taught = set(await asyncio.to_thread(self._beyond_release, taught_rows))
        learned = set(current.taught) if current else set()
        trainings = tuple(training_of_row(row, self._clock.now()) for row in rows)
        new, gone = len(taught - learned), len(learned - taught)
        return Overview(current, previous, trainings, new, gone, models is not None)

    async def find(self, actor: Actor, training_id: int) -> Training | None:
        """Return a training."""
        actor.require(Permission.READ_TRANSCRIPTS)
        async with self._database.read() as session:
            row = await session.get(TrainingRow, training_id)
        return training_of_row(row, self._clock.now()) if row else None

    async def verdict(self, model: str) -> Verdict | None:
        """Return what is known about a model now, None when it was deleted."""
        async with self._database.read() as session:
            models = await self._shelf.models(session)
        found = models.records.get(model) if models else None
        return found.verdict if found else None

    async def request(self, actor: Actor) -> int:
        """Have a model trained with the sentences in use; return the training's id.

        Raises:
            StepRefusedError: a training is open, or there is nothing new to learn.
        """
        actor.require(Permission.TEACH)
        try:
            async with self._database.write() as session:
                return await self._queue(session, actor)
        except IntegrityError as error:  # a colleague was quicker by a moment
            raise StepRefusedError(Refusal.TRAINING_RUNS) from error

    async def stop(self, actor: Actor, training_id: int) -> None:
        """End an open training; the process that runs it sees so within seconds."""
        actor.require(Permission.TEACH)
        async with self._database.write() as session:
            row = await session.get(TrainingRow, training_id, with_for_update=True)
            if row is None or not row.is_open:
                raise StepRefusedError(Refusal.CHANGED)
            row.state, row.is_open, row.ended_at = TrainingState.INTERRUPTED, False, self._clock.now()
            await record(session, actor.name, Deed("training.stopped", f"trainings/{row.id}"), self._clock.now())

    async def promote(self, actor: Actor, training_id: int) -> None:
        """Put the model of a training in service; every process that serves models follows within a minute.

        Raises:
            StepRefusedError: it did not pass the gate against the model that is in service now.
        """
        actor.require(Permission.PROMOTE_MODELS)
        async with self._database.write() as session:
            models = await self._own_models(session)
            row = await self._decided(session, actor, training_id, TrainingState.PROMOTED, TrainingState.READY)
            model, before = str(row.model), models.registry.current
            deed = Deed("model.promoted", f"models/{model}", {"model": before}, {"model": model})
            await record(session, actor.name, deed, self._clock.now())
            try:  # last, so that nothing is in service that is not written down
                await self._shelf.admit(session, model, code_fingerprint(), self._clock.now())
            except NotAdmitted as error:
                raise StepRefusedError(_REFUSALS[error.obstacle]) from error

    async def discard(self, actor: Actor, training_id: int) -> None:
        """Leave the model of a training."""
        actor.require(Permission.PROMOTE_MODELS)
        async with self._database.write() as session:
            decidable = TrainingState.READY, TrainingState.REFUSED
            row = await self._decided(session, actor, training_id, TrainingState.DISCARDED, *decidable)
            await record(session, actor.name, Deed("model.discarded", f"models/{row.model}"), self._clock.now())

    async def roll_back(self, actor: Actor, seen: str) -> None:
        """Return from the model that was `seen` in service to the one before.

        Raises:
            StepRefusedError: there is none, or another one is in service by now.
        """
        actor.require(Permission.PROMOTE_MODELS)
        now = self._clock.now()
        async with self._database.write() as session:
            registry = (await self._own_models(session)).registry
            if registry.current != seen:
                raise StepRefusedError(Refusal.CHANGED)
            if registry.previous is None:
                raise StepRefusedError(Refusal.NO_PREVIOUS)
            await repository.move(session, "promoted", "rolled_back", actor.name, now, seen)
            await repository.move(session, "rolled_back", "promoted", actor.name, now, registry.previous)
            deed = Deed("model.rolled_back", f"models/{seen}", {"model": seen}, {"model": registry.previous})
            await record(session, actor.name, deed, now)
            try:
                await self._shelf.roll_back(session, code_fingerprint(), now)
            except ModelUnusable as error:
                raise StepRefusedError(Refusal.NO_PREVIOUS) from error

    async def _queue(self, session: AsyncSession, actor: Actor) -> int:
        now, models = self._clock.now(), await self._own_models(session)
        await repository.end_abandoned(session, now)
        if await repository.open_training(session):
            raise StepRefusedError(Refusal.TRAINING_RUNS)
        rows = await repository.taught(session)
        taught = await asyncio.to_thread(self._beyond_release, rows)
        if fingerprint(taught=taught) == models.registry.current:
            raise StepRefusedError(Refusal.NOTHING_NEW)
        # The store keeps one candidate only.
        await repository.move(session, "ready", "discarded", actor.name, now)
        row = TrainingRow(
            state=TrainingState.QUEUED,
            is_open=True,
            requested_at=now,
            requested_by=actor.name,
            sentence_ids=[row.id for row in rows],
            steps=[],
            log="",
        )
        session.add(row)
        await session.flush()
        deed = Deed("training.requested", f"trainings/{row.id}", after={"sentences": len(rows)})
        await record(session, actor.name, deed, now)
        return row.id

    async def _decided(
        self, session: AsyncSession, actor: Actor, training_id: int, after: TrainingState, *decidable: TrainingState
    ) -> TrainingRow:
        row = await session.get(TrainingRow, training_id, with_for_update=True)
        if row is None or row.state not in decidable:
            raise StepRefusedError(Refusal.NOT_READY)
        row.state, row.decided_by, row.decided_at = after, actor.name, self._clock.now()
        return row

    @cached_property
    def _release(self) -> frozenset[str]:
        return release_words()

    def _beyond_release(self, rows: Iterable[TaughtRow]) -> tuple[Sentence, ...]:
        """Return sentences as a training takes them; without any the release is not read."""
        taught = [Sentence(row.intent, row.text) for row in rows]
        return beyond(self._release, taught) if taught else ()

    async def _own_models(self, session: AsyncSession) -> Models:
        models = await self._shelf.models(session)
        if models is None:
            raise StepRefusedError(Refusal.ELSEWHERE)
        return models


def _in_service(models: Models | None) -> tuple[ModelRecord | None, ModelRecord | None]:
    """Return the model in service and the one before it, if the present code can load that."""
    if models is None:
        return None, None
    current, previous = (models.records.get(str(name)) for name in (models.registry.current, models.registry.previous))
    return current, previous if previous and previous.code == code_fingerprint() else None
