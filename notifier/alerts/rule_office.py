"""The rules as staff see them: what is in force, what they would have sent, and how they are changed."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.alerts.air import StoredAir
from notifier.alerts.messages import AlertWriter
from notifier.alerts.models import AlertRulesRow
from notifier.alerts.replay import Pair, Replayed, compared, replay
from notifier.alerts.rule_book import RuleBook, RulesInForce
from notifier.alerts.rule_changes import Difference, RuleChanges, applied, differences
from notifier.alerts.rules import AlertRules

TRIED_OVER = timedelta(days=30)
"""How far back changed rules are tried before they may be put in force."""


@dataclass(frozen=True)
class RulesShown:
    """The rules in force, the city pack's own, and every version that staff made, the newest first."""

    in_force: RulesInForce
    pack: AlertRules
    history: Sequence[AlertRulesRow]


@dataclass(frozen=True)
class Replay:
    """What was made of so many known hours; `is_sample` marks data that are no measurement."""

    hours: int
    is_sample: bool
    messages: Sequence[Replayed]


@dataclass(frozen=True)
class Trial:
    """What changed rules would have sent from `since` to `until` (UTC), beside what the present ones would have."""

    since: datetime
    until: datetime
    hours: int
    is_sample: bool
    differences: Sequence[Difference]
    pairs: Sequence[Pair]


class RuleOffice:
    """Shows, tries and changes the rules; `writer` writes messages in the words of given rules."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        book: RuleBook,
        writer: Callable[[AlertRules], AlertWriter],
        air: StoredAir,
    ) -> None:
        self._database = database
        self._clock = clock
        self._book = book
        self._writer = writer
        self._air = air

    async def shown(self, actor: Actor) -> RulesShown:
        """Return the rules with their history."""
        actor.require(Permission.READ_ALERTS)
        async with self._database.read() as session:
            return RulesShown(await self._book.in_force(session), self._book.pack, await self._book.history(session))

    async def replayed(self, actor: Actor, first: datetime, last: datetime) -> Replay:
        """Return what the rules in force would have sent from the hour `first` to the hour `last`."""
        actor.require(Permission.READ_ALERTS)
        rules = (await self._in_force()).rules
        states = await self._air(first, last)
        # A long period takes a second of work, which nobody else shall wait for.
        made = await asyncio.to_thread(replay, rules, self._writer(rules), states)
        return Replay(len(states), any(state.sample for state in states), made)

    async def trial(self, actor: Actor, changes: RuleChanges) -> Trial:
        """Return what the rules with these changes would have sent over the last 30 days; nothing is stored.

        Raises:
            RulesRefusedError: they break a rule.
        """
        actor.require(Permission.EDIT_ALERT_RULES)
        present = (await self._in_force()).rules
        changed = applied(self._book.pack, changes)
        until = self._clock.now().replace(minute=0, second=0, microsecond=0)
        states = await self._air(until - TRIED_OVER, until)
        before, after = [
            await asyncio.to_thread(replay, rules, self._writer(rules), states) for rules in (present, changed)
        ]
        is_sample = any(state.sample for state in states)
        found, pairs = differences(present, changed), compared(before, after)
        return Trial(until - TRIED_OVER, until, len(states), is_sample, found, pairs)

    async def change(self, actor: Actor, changes: RuleChanges, reason: str, seen: int) -> int:
        """Put changed rules in force for every process; raises what `RuleBook.change` raises."""
        async with self._database.write() as session:
            return await self._book.change(session, actor, changes, reason, seen)

    async def _in_force(self) -> RulesInForce:
        async with self._database.read() as session:
            return await self._book.in_force(session)
