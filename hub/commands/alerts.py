"""`hub alerts …`: decide about alerts that wait for a person, and see what the rules would have sent."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

from content.format import polish_moment
from core.period import beginning_of
from core.settings import Settings
from core.staff.actor import Actor
from core.staff.permissions import Permission
from hub.bootstrap import foundation
from hub.commands.base import named
from hub.messaging.alerts import Alerts
from hub.migrations.run import upgrade
from notifier.alerts.replay import replay as replayed


async def held(settings: Settings) -> None:
    """Print the alerts that wait for a person, the oldest first."""
    async with _alerts(settings) as alerts:
        rows = await alerts.decisions.held()
    for row in rows:
        without = "it is sent" if row.at_deadline == "send" else "it lapses"
        print(f"Alert {row.id}: decide by {polish_moment(row.decide_by)}, without a decision {without}.")
        print(f"{row.title}\n{row.body}\n")
    if not rows:
        print("No alert waits for a decision.")


async def confirm(settings: Settings, alert_id: int, person: str, reason: str) -> None:
    """Send a held alert."""
    async with _alerts(settings) as alerts:
        await alerts.decisions.confirm(_decider(person), alert_id, reason)
    print(f"Alert {alert_id} goes out.")


async def reject(settings: Settings, alert_id: int, person: str, reason: str) -> None:
    """Keep a held alert back."""
    async with _alerts(settings) as alerts:
        await alerts.decisions.reject(_decider(person), alert_id, reason)
    print(f"Alert {alert_id} is not sent.")


async def replay(settings: Settings, first: date, last: date) -> None:
    """Print what the rules in force would have sent on these Polish days, both included."""
    async with _alerts(settings) as alerts:
        states = await alerts.stored(beginning_of(first), beginning_of(last + timedelta(days=1)))
        rules = await alerts.rules()
        made = replayed(rules, alerts.writer(rules), states)
    for message in made:
        level = "all-clear" if message.level is None else f"level {message.level}"
        print(f"{polish_moment(message.at)}, {level}{', held for a person' if message.is_held else ''}")
        print(f"{message.text.title}\n{message.text.body}\n")
    print(f"{len(states)} measured hours, {len(made)} messages.")


def _decider(person: str) -> Actor:
    return named(person, Permission.DECIDE_ALERTS)


@asynccontextmanager
async def _alerts(settings: Settings) -> AsyncIterator[Alerts]:
    async with foundation(settings) as base:
        await upgrade(base.database)
        yield Alerts(base)
