"""Whoever does whatever in any order: nothing goes out that a person who did not write it has approved unchanged."""

import asyncio
import shutil
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal, TypeVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core.database import Database
from core.redis import open_redis
from notifier.announcements.content import Content
from notifier.announcements.errors import AnnouncementError
from notifier.announcements.moves import KEY_HOLDER, SYSTEM, Actor
from notifier.announcements.states import Action, AnnouncementState
from tests.fakes import FrozenClock
from tests.notifier.announcements.office import ANNA, EWA, NEWS, PIOTR, Office

ACTORS = st.sampled_from([ANNA, PIOTR, EWA, KEY_HOLDER, SYSTEM, Actor("ANNA  ŻAK")])
WRITERS = st.sampled_from([ANNA, PIOTR, KEY_HOLDER])
CONTENTS = st.sampled_from(
    [
        NEWS,
        replace(NEWS, body="Ulica jest otwarta."),
        replace(NEWS, channels=("telegram",)),
        replace(NEWS, districts=("piekary",)),
        replace(NEWS, variants={"sms": "Krótko."}),
    ]
)
BY_HAND = [action for action in Action if action not in {Action.FINISH, Action.EXPIRE}]
Deed = Action | Literal["along", "tamper", "wait"]
# The step that leads out stands here often, for chance alone would seldom find it.
DEEDS: st.SearchStrategy[Deed] = st.one_of(st.just("along"), st.sampled_from(["along", "tamper", "wait", *BY_HAND]))
OUT = {
    AnnouncementState.DRAFT: Action.SUBMIT,
    AnnouncementState.RETURNED: Action.SUBMIT,
    AnnouncementState.IN_REVIEW: Action.APPROVE,
    AnnouncementState.APPROVED: Action.PUBLISH,
}
_T = TypeVar("_T")


class Announcing(RuleBasedStateMachine):
    """An office in which everybody tries everything, beside a ledger of who wrote and who approved which words."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = Path(mkdtemp())
        shutil.copy(self.template, self._folder / "hub.db")
        self._database = Database(f"sqlite:///{self._folder / 'hub.db'}")
        self._redis = open_redis(None)
        self._office = Office(self._database, self._redis, FrozenClock())
        self._writers: dict[int, set[str]] = {}
        self._approved: dict[int, tuple[str, Content] | None] = {}

    @initialize(authors=st.lists(WRITERS, min_size=2, max_size=2))
    def write(self, authors: list[Actor]) -> None:
        """Begin with announcements of somebody."""
        for author in authors:
            made = self._runner.run(self._office.announcements.draft(NEWS, author))
            self._writers[made.id] = {_person(author)}
            self._approved[made.id] = None

    # One rule for everything, because Hypothesis leaves whole rules out of many of its runs.
    @rule(data=st.data(), deeds=st.lists(st.tuples(DEEDS, ACTORS), min_size=1, max_size=8))
    def work(self, data: st.DataObject, deeds: list[tuple[Deed, Actor]]) -> None:
        """Do things with one announcement, or behind its back, while time passes."""
        number = data.draw(st.sampled_from(sorted(self._writers)))
        for deed, actor in deeds:
            match deed:
                case Action():
                    self._does(deed, number, actor, data)
                case "along":
                    state = self._runner.run(self._office.announcements.show(number)).state
                    if state in OUT:
                        self._does(OUT[state], number, actor, data)
                case "tamper" if not self._is_out(number):
                    self._runner.run(self._office.change(number, body="Podmienione."))
                case "wait":
                    self._office.clock.advance(timedelta(hours=2))
                    self._runner.run(self._office.jobs.run())

    @invariant()
    def only_approved_words_are_out(self) -> None:
        for broadcast in self._runner.run(self._office.broadcasts()):
            number = int(broadcast.key.removeprefix("announcement:"))
            approval = self._approved[number]
            assert approval is not None
            approver, content = approval
            assert approver not in self._writers[number]
            assert (broadcast.title, broadcast.body) == (content.title, content.body)
            assert broadcast.variants == content.variants
            assert tuple(broadcast.audience.get("channels", ())) == content.channels
            assert tuple(broadcast.audience.get("districts", ())) == content.districts

    def _does(self, action: Action, number: int, actor: Actor, data: st.DataObject) -> None:
        content = data.draw(CONTENTS) if action is Action.EDIT else NEWS
        done = self._try(self._office.does(action, number, actor, content))
        if done and action is Action.EDIT:
            self._writers[number].add(_person(actor))
        if done and action is Action.APPROVE:
            assert actor.role == "person"
            assert _person(actor) not in self._writers[number]
            self._approved[number] = _person(actor), done.content
        if done and action in {Action.EDIT, Action.RETURN}:
            self._approved[number] = None

    def teardown(self) -> None:
        self._runner.run(self._redis.aclose())
        self._runner.run(self._database.close())
        self._runner.close()
        shutil.rmtree(self._folder)

    def _is_out(self, number: int) -> bool:
        broadcasts = self._runner.run(self._office.broadcasts())
        return any(broadcast.key == f"announcement:{number}" for broadcast in broadcasts)

    def _try(self, step: Awaitable[_T]) -> _T | None:
        async def tried() -> _T | None:
            try:
                return await step
            except AnnouncementError:
                return None

        return self._runner.run(tried())


def _person(actor: Actor) -> str:
    return " ".join(actor.name.casefold().split())


def test_no_way_leads_unapproved_words_to_residents(migrated_file: Path) -> None:

    Announcing.template = migrated_file
    # A failure is told as it was found: to shrink it takes minutes.
    phases = (Phase.explicit, Phase.generate)
    run_state_machine_as_test(
        Announcing, settings=settings(max_examples=40, stateful_step_count=12, deadline=None, phases=phases)
    )
