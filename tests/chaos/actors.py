"""Who takes part: a resident who asks all the time, and the chaos that does the worst to the machines."""

import asyncio
import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from uuid import uuid4

import httpx2

from core.clock import SystemClock
from notifier.worker import DEFAULT_PACE
from tests.chaos.town import LEADS, Town
from tests.fixtures.running import RunningHub

PATIENCE_SECONDS = 40.0
"""How long a resident tries again: while PostgreSQL comes up nobody is answered."""


@dataclass
class Resident:
    """Asks whichever machine answers, as behind a balancer, in one conversation."""

    town: Town
    conversation: str | None = None
    answered: Counter[str] = field(default_factory=Counter)
    unanswered: list[str] = field(default_factory=list)
    tries: int = 0

    async def press(self, client: httpx2.AsyncClient, button: str) -> dict[str, object]:
        """Press a button; each try goes to the other machine, with the key that makes a repetition harmless."""
        key = uuid4().hex
        turn = {"conversation": self.conversation, "button": button}
        give_up_at = SystemClock().monotonic() + PATIENCE_SECONDS
        while SystemClock().monotonic() < give_up_at:
            self.tries += 1
            machines = self.town.machines["api"]
            headers = {"X-Forwarded-For": f"192.0.2.{self.tries % 250}", "Idempotency-Key": key}
            try:
                url = machines[self.tries % len(machines)].url
                said = await client.post(f"{url}/api/v1/chat", json=turn, headers=headers, timeout=2)
            except httpx2.TransportError:
                said = None
            if said and said.status_code == 200:
                body: dict[str, object] = said.json()
                self.answered[url] += 1
                self.conversation = str(body["conversation"])
                return body
            await asyncio.sleep(0.25)
        self.unanswered.append(button)
        return {}

    async def talk(self, stop: asyncio.Event) -> None:
        """Ask all the time."""
        async with httpx2.AsyncClient() as client:
            while not stop.is_set():
                await self.press(client, "subsidy_overview")
                await asyncio.sleep(0.6)


@dataclass
class Chaos:
    """Does the worst, and measures how long it takes the others to go on."""

    town: Town
    chance: random.Random
    took: dict[str, float] = field(default_factory=dict)
    stopped: list[RunningHub] = field(default_factory=list)

    async def accepted(self, count: int) -> None:
        """Wait until the provider has so many messages."""
        await self.town.until(lambda: len(self.town.twilio.messages) >= count, within=150)

    async def replace(self, role: str) -> None:
        """Kill one of a role, and start another one."""
        victim = self.chance.choice([one for one in self.town.machines[role] if one not in self.stopped])
        self.town.kill(victim)
        self.town.hire(role)

    def freeze(self, machine: RunningHub) -> None:
        """Stop a process as a machine without memory or a paused host does."""
        machine.process.send_signal(signal.SIGSTOP)
        self.stopped.append(machine)

    def thaw(self) -> None:
        """Let every stopped process go on, as if nothing had happened."""
        for machine in self.stopped:
            machine.process.send_signal(signal.SIGCONT)
        self.stopped = []

    async def until_led_by_another(self, leader: RunningHub, what: str) -> None:
        """Measure how long it takes until another process leads."""
        known = {machine.process.pid: machine.log.read_text().count(LEADS) for machine in self.town.hired}

        def is_led() -> bool:
            others = [machine for machine in self.town.machines["scheduler"] if machine is not leader]
            return any(machine.log.read_text().count(LEADS) > known.get(machine.process.pid, 0) for machine in others)

        self.note(what, await self.town.until(is_led, within=60))

    async def until_sending(self, what: str) -> None:
        """Measure how long it takes until more goes out than was in the air."""
        enough = len(self.town.twilio.messages) + 2 * DEFAULT_PACE.concurrency
        self.note(what, await self.town.until(lambda: len(self.town.twilio.messages) > enough, within=100))

    def note(self, what: str, seconds: float) -> None:
        """Keep and tell what was measured."""
        self.took[what] = seconds
        print(f"{seconds:5.1f} s: {what}")  # noqa: T201 - the figures of a long run
