"""The rules in force: the city pack's, with what staff changed of them; every process reads them when it needs them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from core.audit.service import Deed, Value, record
from core.clock import Clock
from core.logging import get_logger
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.alerts.decisions import filled
from notifier.alerts.errors import NothingChangedError, RulesChangedError, RulesRefusedError
from notifier.alerts.models import MAX_NAME, AlertRulesRow
from notifier.alerts.rule_changes import RuleChanges, applied, differences, read_changes, without_sameness
from notifier.alerts.rules import AlertRules

_log = get_logger(__name__)

PACK = 0
"""Number of the pack's own version."""


@dataclass(frozen=True)
class RulesInForce:
    """The rules, the number of their version, and whether a newer version does not fit the pack of this release."""

    rules: AlertRules
    number: int
    is_unfit: bool = False


class RuleBook:
    """Reads and writes versions in the caller's unit of work."""

    def __init__(self, pack: AlertRules, clock: Clock) -> None:
        self.pack = pack
        self._clock = clock

    async def in_force(self, session: AsyncSession) -> RulesInForce:
        """Return the rules by which alerts are made now; changes that do not fit the pack any more are not used."""
        newest = await session.scalar(select(AlertRulesRow).order_by(AlertRulesRow.number.desc()).limit(1))
        if newest is None or newest.changes is None:
            return RulesInForce(self.pack, newest.number if newest else PACK)
        try:
            return RulesInForce(applied(self.pack, read_changes(newest.changes)), newest.number)
        except RulesRefusedError as error:
            _log.error("alert_rules_unfit", version=newest.number, reason=str(error))
            return RulesInForce(self.pack, newest.number, is_unfit=True)

    async def history(self, session: AsyncSession) -> Sequence[AlertRulesRow]:
        """Return every version that staff made, the newest first."""
        return (await session.scalars(select(AlertRulesRow).order_by(AlertRulesRow.number.desc()))).all()

    async def change(
        self, session: AsyncSession, actor: Actor, changes: RuleChanges | None, reason: str, seen: int
    ) -> int:
        """Put changed rules in force, the pack's own without changes; return the number of the version.

        `seen` is the version that the person started from.

        Raises:
            PermissionRefusedError: this person may not change rules.
            RulesRefusedError: they break a rule.
            DecisionRefusedError: there is no reason, or it is too long.
            RulesChangedError: there is a newer version than `seen`.
            NothingChangedError: it would change nothing.
        """
        actor.require(Permission.EDIT_ALERT_RULES)
        known = await self.in_force(session)
        if known.number != seen:
            raise RulesChangedError
        kept = without_sameness(self.pack, changes) if changes else None
        rules = applied(self.pack, kept) if kept else self.pack
        if not known.is_unfit and rules == known.rules:
            raise NothingChangedError
        row = AlertRulesRow(
            number=seen + 1,
            changes=None if rules == self.pack or kept is None else kept.model_dump(mode="json", exclude_defaults=True),
            author=actor.name[:MAX_NAME],
            reason=filled(reason, "reason"),
            created_at=self._clock.now(),
        )
        try:
            async with session.begin_nested():
                session.add(row)
        except IntegrityError as error:
            raise RulesChangedError from error
        await self._log(session, actor, known.rules, rules, row)
        return row.number

    async def _log(
        self, session: AsyncSession, actor: Actor, before: AlertRules, after: AlertRules, row: AlertRulesRow
    ) -> None:
        changed = differences(before, after)
        old: dict[str, Value] = {"version": row.number - 1, **{each.setting: each.before for each in changed}}
        new: dict[str, Value] = {
            "version": row.number,
            "reason": row.reason,
            **{each.setting: each.after for each in changed},
        }
        await record(session, actor.name, Deed("alert.rules_changed", "alerts/rules", old, new), row.created_at)
