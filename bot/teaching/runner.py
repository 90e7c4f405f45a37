"""Runs the trainings that staff asked for, one at a time, in a child process; what becomes of it is in the database."""

import asyncio
import json
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.teaching import repository
from bot.teaching.models import TrainingRow
from bot.teaching.output import Output
from bot.teaching.training import TrainingState
from core.clock import Clock
from core.database import Database
from core.errors import HubError
from core.logging import get_logger
from core.stopping import rest
from nlu.learning import Report
from nlu.serving import process

_log = get_logger(__name__)

LEASE = timedelta(seconds=30)
"""How long after the last sign of life a training counts as interrupted."""


@dataclass(frozen=True)
class Beat:
    """Seconds between two looks for work, and between two signs of life."""

    look: float = 2.0
    life: float = 5.0


@dataclass(frozen=True)
class _Work:
    id: int
    sentences: list[tuple[str, str]]


class TrainingRunner:
    """Takes what is queued; several processes may look, one gets it.

    `command` gets the file of sentences (JSON pairs of intent and text) and the file for its report appended. It prints
    the phases as they begin, and ends when its standard input does.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        command: Sequence[str],
        environment: Mapping[str, str],
        beat: Beat | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._command = command
        self._environment = environment
        self._beat = beat or Beat()

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop`; a training that is running then is interrupted."""
        while not stop.is_set():
            try:
                work = await self._take()
                if work is not None:
                    await self._train(work, stop)
            except (SQLAlchemyError, OSError) as error:
                _log.warning("trainings cannot be looked after", error=type(error).__name__)
            await rest(stop, self._beat.look)

    async def _take(self) -> _Work | None:
        """Return the queued training as ours, None when there is none."""
        async with self._database.read() as session:
            newest = await repository.trainings(session, 1)
        if not newest or not newest[0].is_open:
            return None
        now = self._clock.now()
        async with self._database.write() as session:
            await repository.end_abandoned(session, now)
            row = await repository.open_training(session)
            if row is None or row.state != TrainingState.QUEUED:
                return None
            row.state, row.started_at, row.leased_until = TrainingState.RUNNING, now, now + LEASE
            taught = await repository.taught_by_ids(session, row.sentence_ids)
            return _Work(row.id, [(each.intent, each.text) for each in taught])

    async def _train(self, work: _Work, stop: asyncio.Event) -> None:
        output = Output(self._clock)
        with tempfile.TemporaryDirectory() as folder:
            sentences, report = Path(folder) / "sentences.json", Path(folder) / "report.json"
            sentences.write_text(json.dumps(work.sentences), encoding="utf-8")
            try:
                command = [*self._command, str(sentences), str(report)]
                child = await process.start(command, dict(self._environment), stdout=PIPE)
            except HubError as error:
                output.hear(str(error))
                await self._end(work, TrainingState.FAILED, output)
                return
            if not await self._watch(work, child, output, stop):
                return
            if stop.is_set():
                await self._end(work, TrainingState.INTERRUPTED, output)
                return
            found = output.report(report) if child.returncode == 0 else None
            await self._end(work, _state(found), output, found)

    async def _watch(self, work: _Work, child: Process, output: Output, stop: asyncio.Event) -> bool:
        """Return when the child has ended, or was ended because of `stop` or of staff; False when it is not ours."""
        reading = asyncio.gather(*(output.follow(stream) for stream in (child.stdout, child.stderr)))
        ended, stopping = asyncio.create_task(child.wait()), asyncio.create_task(stop.wait())
        try:
            while not ended.done() and not stop.is_set():
                await asyncio.wait({ended, stopping}, timeout=self._beat.life, return_when=asyncio.FIRST_COMPLETED)
                if not ended.done() and not await self._is_still_ours(work, output):
                    return False
        finally:
            stopping.cancel()
            await process.stop(child)
            await reading
            await ended
        return True

    async def _is_still_ours(self, work: _Work, output: Output) -> bool:
        try:
            async with self._database.write() as session:
                if not await repository.prolong(session, work.id, self._clock.now() + LEASE):
                    return False
                row = await session.get_one(TrainingRow, work.id)
                row.steps, row.log = output.steps, output.tail
        except (SQLAlchemyError, OSError) as error:  # it may be back before the training is over
            _log.warning("a training cannot be noted", error=type(error).__name__)
        return True

    async def _end(self, work: _Work, state: TrainingState, output: Output, report: Report | None = None) -> None:
        async with self._database.write() as session:
            row = await session.get_one(TrainingRow, work.id, with_for_update=True)
            if row.state != TrainingState.RUNNING:
                return
            row.state, row.is_open, row.ended_at = state, False, self._clock.now()
            row.steps, row.log = output.steps, output.tail
            if report is not None:
                row.model, row.report = report.model, report.model_dump(mode="json")
        _log.info("a training ended", training=work.id, state=str(state))


def _state(report: Report | None) -> TrainingState:
    if report is None:
        return TrainingState.FAILED
    return TrainingState.READY if report.passed else TrainingState.REFUSED
