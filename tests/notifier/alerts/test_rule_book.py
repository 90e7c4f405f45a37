"""Rules that staff changed: checked like the pack's file, kept as versions, in force at once, and taken back."""

import pytest
from sqlalchemy import select, update

from core.audit.models import AuditRow
from core.clock import Clock
from core.database import Database
from core.staff.actor import Actor
from core.staff.errors import PermissionRefusedError
from core.staff.permissions import Permission
from notifier.alerts.errors import (
    DecisionRefusedError,
    NothingChangedError,
    RulesChangedError,
    RulesRefusedError,
)
from notifier.alerts.models import AlertRulesRow
from notifier.alerts.rule_book import RuleBook, RulesInForce
from notifier.alerts.rule_changes import RuleChange, RuleChanges, applied, differences, without_sameness
from notifier.alerts.rules import AlertRules, Release
from tests.fakes import FrozenClock
from tests.notifier.alerts.town import Town, state

ANNA = Actor("Anna Nowak", frozenset({Permission.EDIT_ALERT_RULES}))
EARLIER = RuleChanges(rules={"pm10_day_information": RuleChange(threshold=80.0, clear=60.0)})


@pytest.fixture
def book(rules: AlertRules, clock: FrozenClock) -> RuleBook:
    return RuleBook(rules, clock)


async def _change(
    database: Database, book: RuleBook, changes: RuleChanges | None, seen: int = 0, reason: str = "Decyzja wydziału"
) -> int:
    async with database.write() as session:
        return await book.change(session, ANNA, changes, reason, seen)


async def _in_force(database: Database, book: RuleBook) -> RulesInForce:
    async with database.read() as session:
        return await book.in_force(session)


async def test_before_anybody_changed_them_the_rules_are_the_pack_s(database: Database, book: RuleBook) -> None:
    assert await _in_force(database, book) == RulesInForce(book.pack, 0)


async def test_changed_rules_are_in_force_at_once_and_the_rest_stays_the_pack_s(
    database: Database, book: RuleBook, town: Town
) -> None:
    assert await _change(database, book, EARLIER) == 1
    found = await _in_force(database, book)
    rule = found.rules.rule("pm10_day_information")
    assert rule
    assert (rule.threshold, rule.clear, rule.level) == (80.0, 60.0, 4)
    assert found.rules.rule("pm10_day_alert") == book.pack.rule("pm10_day_alert")
    town.follow_rules(found.rules)
    assert [message.level for message in await town.run(state(town.clock.now(), 3, pm10_day=90.0))] == [4]


async def test_the_pack_s_own_rules_come_back_and_the_history_stays(database: Database, book: RuleBook) -> None:
    await _change(database, book, EARLIER)
    await _change(database, book, None, seen=1, reason="Koniec próby")
    assert await _in_force(database, book) == RulesInForce(book.pack, 2)
    async with database.read() as session:
        history = await book.history(session)
    assert [(row.number, row.author, row.reason, row.changes is None) for row in history] == [
        (2, "Anna Nowak", "Koniec próby", True),
        (1, "Anna Nowak", "Decyzja wydziału", False),
    ]


async def test_only_what_differs_is_kept_so_that_a_new_release_shows_through(
    database: Database, book: RuleBook, clock: Clock
) -> None:
    typed = RuleChanges(
        clear_after=book.pack.clear_after,
        rules={"index_bad": RuleChange(threshold=4.0, clear=2.0, level=4), **EARLIER.rules},
        levels={4: book.pack.levels[4].release},
    )
    assert without_sameness(book.pack, typed) == EARLIER
    await _change(database, book, typed)
    later = book.pack.model_copy(update={"clear_after": 5})
    assert (await _in_force(database, RuleBook(later, clock))).rules.clear_after == 5


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (RuleChanges(rules={"pm10_day_alert": RuleChange(threshold=100)}), ("clear_too_high", "rules.pm10_day_alert")),
        (RuleChanges(rules={"index_bad": RuleChange(threshold=4.5)}), ("no_index_level", "rules.index_bad")),
        (
            RuleChanges(rules={"pm10_day_alert": RuleChange(threshold=float("nan"))}),
            ("greater_than", "rules.pm10_day_alert.threshold"),
        ),
        (
            RuleChanges(rules={"pm10_day_alert": RuleChange(level=3)}),
            ("unknown_level", "rules.pm10_day_alert.level"),
        ),
        (
            RuleChanges(rules={name: RuleChange(is_off=True) for name in ("pm10_day_alert", "index_very_bad")}),
            ("idle_level", "levels.5"),
        ),
        (RuleChanges(repeat_from_hour=24), ("less_than_equal", "repeat_from_hour")),
        (RuleChanges(lasts_hours=1), ("hold_too_long", "notices.information.release")),
    ],
)
async def test_changes_are_checked_like_the_file(
    database: Database, book: RuleBook, changes: RuleChanges, fault: tuple[str, str]
) -> None:
    with pytest.raises(RulesRefusedError) as refused:
        await _change(database, book, changes)
    assert fault in [(each.kind, each.setting) for each in refused.value.faults]
    assert (await _in_force(database, book)).number == 0


async def test_a_change_needs_a_reason_a_permission_and_a_difference(database: Database, book: RuleBook) -> None:
    with pytest.raises(DecisionRefusedError):
        await _change(database, book, EARLIER, reason="  ")
    with pytest.raises(NothingChangedError):
        await _change(database, book, RuleChanges())
    async with database.write() as session:
        with pytest.raises(PermissionRefusedError):
            await book.change(session, Actor("Ewa Lis", frozenset()), EARLIER, "Bo tak", 0)


async def test_of_two_people_the_second_is_told_to_look_again(database: Database, book: RuleBook) -> None:
    await _change(database, book, EARLIER)
    with pytest.raises(RulesChangedError):
        await _change(database, book, RuleChanges(clear_after=3), seen=0)


async def test_changes_that_no_longer_fit_the_pack_are_not_used(database: Database, book: RuleBook) -> None:
    await _change(database, book, EARLIER)
    async with database.write() as session:
        spoilt = {"rules": {"pm10_day_information": {"threshold": 10.0}}}
        await session.execute(update(AlertRulesRow).values(changes=spoilt))
    assert await _in_force(database, book) == RulesInForce(book.pack, 1, is_unfit=True)
    await _change(database, book, None, seen=1)
    assert await _in_force(database, book) == RulesInForce(book.pack, 2)


async def test_what_was_changed_stands_in_the_audit_log(database: Database, book: RuleBook) -> None:
    await _change(database, book, EARLIER)
    async with database.read() as session:
        (row,) = (await session.scalars(select(AuditRow))).all()
    assert (row.actor, row.action, row.subject) == ("Anna Nowak", "alert.rules_changed", "alerts/rules")
    name = "rules.pm10_day_information.threshold"
    assert row.before
    assert row.after
    assert (row.before[name], row.after[name], row.after["reason"]) == ("100", "80", "Decyzja wydziału")


def test_a_rule_switched_off_and_a_release_are_differences(rules: AlertRules) -> None:
    hold = Release(mode="held", hold_minutes=30, at_deadline="lapse")
    changes = RuleChanges(rules={"index_bad": RuleChange(is_off=True)}, levels={5: hold})
    found = {each.setting: (each.before, each.after) for each in differences(rules, applied(rules, changes))}
    assert found == {
        "rules.index_bad.threshold": ("4", None),
        "rules.index_bad.clear": ("2", None),
        "rules.index_bad.level": ("4", None),
        "levels.5.release": ("automatic", "held 30 lapse"),
    }
