"""What must hold after any fault: nothing lost, nothing doubled beyond what was in flight, everybody served."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx2

from notifier.broadcasts.service import BroadcastKind
from notifier.deliveries.models import DeliveryRow
from notifier.deliveries.settlement import MAX_ATTEMPTS
from notifier.deliveries.states import DeliveryState

OPEN = {DeliveryState.PENDING, DeliveryState.LEASED}
_SOON = timedelta(minutes=15)
_SETTLED = {DeliveryState.SENT, DeliveryState.DELIVERED}
# Of residents of the tests; among the letters of an identifier such digits are none.
_NUMBER = re.compile(r"\+48\d{9}|\b60\d{7}\b")


@dataclass(frozen=True)
class Sent:
    """One broadcast: its kind, to how many contacts, and what the provider accepted of it by recipient."""

    kind: BroadcastKind
    recipients: int
    accepted: Mapping[str, int]

    @property
    def doubled(self) -> int:
        """Return how many messages came to somebody who had it already."""
        return sum(count - 1 for count in self.accepted.values())


def assert_nothing_lost(rows: Iterable[DeliveryRow], sent: Sent, now: datetime) -> None:
    """Every contact has one first delivery, in a state that has a name and, unless it is final, a next turn."""
    mine = list(rows)
    assert Counter(row.contact_id for row in mine if row.round == 0).most_common(1)[0][1] == 1
    assert len({row.contact_id for row in mine}) == sent.recipients
    for row in mine:
        state = DeliveryState(row.state)
        if state in OPEN:
            assert row.due_at <= now + _SOON, f"delivery {row.id} waits without an end"
            assert (row.lease_token is not None) == (state is DeliveryState.LEASED)
        if state is DeliveryState.UNKNOWN:
            assert row.check_at is not None, f"nobody will ask what became of delivery {row.id}"
        assert row.attempts <= MAX_ATTEMPTS


def assert_all_settled(rows: Iterable[DeliveryRow], sent: Sent) -> None:
    """Everybody got it, but for those of whom an announcement rather says that it does not know."""
    states = Counter(DeliveryState(row.state) for row in rows)
    doubtful = states[DeliveryState.UNKNOWN]
    assert not doubtful or sent.kind is BroadcastKind.ANNOUNCEMENT, states
    assert sum(states[state] for state in _SETTLED) + doubtful == sent.recipients, states
    # What the provider has may still be unknown to us, never the other way round.
    assert len(sent.accepted) >= sent.recipients - doubtful, states


def assert_nothing_doubled(sent: Sent, in_flight: int) -> None:
    """An alert may come twice to those whose call was in flight at a fault, an announcement to nobody."""
    most = in_flight if sent.kind is BroadcastKind.ALERT else 0
    assert sent.doubled <= most, f"{sent.doubled} doubled, {most} were in flight"


def assert_logs_keep_secrets(logs: Iterable[str], secrets: Collection[str]) -> None:
    """No log shows a number, a conversation or a key, in tracebacks neither."""
    for log in logs:
        assert not _NUMBER.search(log), _NUMBER.search(log)
        assert not [secret for secret in secrets if secret in log]


async def assert_serves(url: str) -> None:
    """The monitor, the city's page and the chat answer."""
    async with httpx2.AsyncClient(base_url=url, timeout=10) as client:
        assert (await client.get("/health/ready")).json()["status"] in {"ok", "degraded"}
        assert (await client.get("/")).status_code == 200
        asked = await client.post("/api/v1/chat", json={"button": "help"})
        assert asked.status_code == 200
        assert asked.json()["answers"][0]["text"]
