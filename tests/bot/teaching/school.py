"""Turns that did not go well, staff who teach, and a store of models that exist on paper only."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from bot.conversations.repository import Entry, Turn, store_turns
from bot.dialogue.context import Context
from bot.ratings.service import Rating, Ratings
from bot.teaching.lessons import Lessons
from bot.teaching.models import TrainingRow
from bot.teaching.trainings import Trainings
from content.pack import load_city
from core.audit.models import AuditRow
from core.database import Database
from core.secrets import keyed_digest
from core.staff.actor import Actor
from core.staff.permissions import PERMISSIONS, Role
from hub.understanding.teaching import known_sentences
from nlu.judging.comparison import Comparison
from nlu.learning import Learned, Report
from nlu.record import Verdict
from nlu.shared.shelf import StoreShelf
from nlu.store import ModelStore
from tests.fakes import FrozenClock
from tests.nlu.models import add, name

EDITOR = Actor("Anna", PERMISSIONS[Role.EDITOR])
APPROVER = Actor("Jan", PERMISSIONS[Role.APPROVER])
ANALYST = Actor("Ewa", PERMISSIONS[Role.ANALYST])
_SECRET = "s"
KNOWN = known_sentences(load_city("legnica").folder)
"""The sentences of the release, read once for all tests."""


@dataclass
class School:
    """A database with turns, the services of teaching, and a store with a model in service."""

    database: Database
    clock: FrozenClock
    folder: Path

    def __post_init__(self) -> None:
        self.lessons = Lessons(self.database, self.clock, KNOWN)
        self.store = ModelStore(self.folder / "models")
        add(self.store, self.folder, 1)
        self.store.put_in_service(name(1))
        self.trainings = Trainings(self.database, self.clock, StoreShelf(self.store))

    async def ask(
        self,
        text: str,
        decision: str = "fallback",
        *,
        intent: str = "out_of_scope",
        confidence: float = 0.2,
        times: int = 1,
        helpful: bool | None = None,
        at: datetime | None = None,
    ) -> None:
        """Store turns that ended in some way, and what the resident thought of the last one."""
        for _ in range(times):
            talk = f"talk {text}"
            turn = Turn(text, intent, confidence, decision, "…")
            entry = Entry(keyed_digest(_SECRET, talk), "web", turn, Context(), at or self.clock.now(), goes_on=False)
            async with self.database.write() as session:
                await store_turns(session, [entry])
        if helpful is not None:
            await Ratings(self.database, self.clock, _SECRET).rate(f"talk {text}", intent, Rating(helpful))

    async def listed(self) -> list[list[str]]:
        """Return the sentences on the list, by group."""
        return [[each.text for each in group.sentences] for group in await self.lessons.groups(EDITOR)]

    async def deeds(self) -> list[tuple[str, str, str]]:
        """Return who did what to what."""
        async with self.database.read() as session:
            rows = await session.scalars(select(AuditRow).order_by(AuditRow.id))
            return [(row.actor, row.action, row.subject) for row in rows]

    async def end(self, training: int, *, passed: bool = True, model: int = 2) -> None:
        """Let a training end with a model that was compared with the one in service."""
        against = self.store.registry().current
        add(self.store, self.folder, model)
        self.store.note(name(model), Verdict.PASSED if passed else Verdict.REFUSED, against=against)
        async with self.database.write() as session:
            row = await session.get_one(TrainingRow, training)
            row.state, row.is_open, row.ended_at = "ready" if passed else "refused", False, self.clock.now()
            row.model, row.report = name(model), report(model, against, passed=passed).model_dump(mode="json")


def report(model: int, against: str | None, *, passed: bool = True) -> Report:
    """Return a report without measurements."""
    comparison = Comparison(sentences=0, gained=0, lost=0, chance=1.0, intents=(), changes=())
    learned = Learned(text="kiedy otwieracie basen", expected="out_of_scope", after="declined", right=True)
    return Report(
        model=name(model),
        against=against,
        passed=passed,
        score=0.94,
        score_before=0.93,
        checks=(),
        comparison=comparison,
        taught=(learned,),
    )
