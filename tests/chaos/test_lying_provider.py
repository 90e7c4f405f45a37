"""A provider that lies: accepts and fails, answers nonsense, reports late, twice, in any order, or is not itself."""

import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from email.utils import format_datetime

import pytest
import stamina
from aiohttp import web

from core.clock import Clock
from notifier.broadcasts.service import BroadcastKind
from notifier.channels.twilio.sms import TwilioAccount, TwilioSmsChannel
from notifier.deliveries.receipts import Receipts, StatusReport
from notifier.deliveries.states import DeliveryState
from notifier.worker import Lane
from tests.chaos import invariants
from tests.chaos.invariants import Sent
from tests.notifier.deliveries.world import ALERT, ANNOUNCEMENT, World, world
from tests.standins.twilio import ACCOUNT, TOKEN, TwilioStandIn

__all__ = ["world"]

# The provider dates messages by the test's clock, which stands still only beside SQLite.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

RECIPIENTS = 40
SEED = int(os.environ.get("CHAOS_SEED", random.randrange(1_000_000)))  # noqa: S311 - no secret
LIES = ("truth", "truth", "error", "nonsense", "empty", "cut")
ROUND = timedelta(minutes=5)


class LyingTwilio(TwilioStandIn):
    """Accepts every message, and answers to most of the calls as if it had not."""

    def __init__(self, clock: Clock, lie: Callable[[], str]) -> None:
        super().__init__()
        self._clock = clock
        self.lie = lie

    async def _accept(self, request: web.Request, message: dict[str, str]) -> web.StreamResponse:
        truth = await super()._accept(request, message)
        moment = format_datetime(self._clock.now())
        self.kept[-1].update(date_created=moment, date_sent=moment, date_updated=moment)
        return self._said(request, truth)

    def _tell(self, request: web.Request) -> web.StreamResponse:
        return self._said(request, super()._tell(request))

    def _said(self, request: web.Request, truth: web.StreamResponse) -> web.StreamResponse:
        match self.lie():
            case "error":
                return web.json_response({"message": "Internal Server Error", "status": 500}, status=500)
            case "nonsense":
                return web.Response(text="<html>Wszystko w porządku</html>", content_type="text/html", status=200)
            case "empty":
                return web.json_response({}, status=201)
            case "cut" if request.transport:
                request.transport.abort()
        return truth


@pytest.fixture
async def twilio(world: World) -> AsyncIterator[LyingTwilio]:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    async with LyingTwilio(world.clock, lambda: chance.choice(LIES)) as standin:
        yield standin
    assert standin.violations == []


@pytest.fixture
async def lane(world: World, twilio: LyingTwilio) -> AsyncIterator[Lane]:
    account = TwilioAccount(ACCOUNT, TOKEN, twilio.url, "+48732000000", "", "https://miasto.example/status")
    channel = TwilioSmsChannel(account, world.clock)
    with stamina.set_testing(True, attempts=1):
        yield world.lane(channel)
    await channel.close()


async def _rounds(world: World, lane: Lane, count: int) -> None:
    """Send, ask what became of the doubtful ones, let time pass; again and again."""
    for _ in range(count):
        await world.drain(lane)
        while await lane.inquiries.step():
            pass
        await world.pass_time(ROUND)


def _sent(twilio: LyingTwilio, kind: BroadcastKind) -> Sent:
    return Sent(kind, RECIPIENTS, Counter(message["To"] for message in twilio.messages))


@pytest.mark.parametrize("kind", [ALERT, ANNOUNCEMENT])
async def test_whatever_it_answers_everybody_gets_it_once(
    world: World, twilio: LyingTwilio, lane: Lane, kind: BroadcastKind
) -> None:
    print(f"CHAOS_SEED={SEED}")  # noqa: T201 - says how to see it again
    await world.subscribe(RECIPIENTS)
    await world.publish("a", kind)
    await _rounds(world, lane, 10)
    rows, sent = await world.deliveries(), _sent(twilio, kind)
    invariants.assert_nothing_lost(rows, sent, world.clock.now())
    invariants.assert_nothing_doubled(sent, in_flight=0)
    assert len(sent.accepted) == RECIPIENTS
    twilio.lie = lambda: "truth"
    await _rounds(world, lane, 3)
    assert await world.states(rows[0].broadcast_id) == {"sent": RECIPIENTS}


@pytest.mark.parametrize("kind", [ALERT, ANNOUNCEMENT])
async def test_reports_in_any_order_late_twice_and_forged_end_with_what_is_true(
    world: World, twilio: LyingTwilio, lane: Lane, kind: BroadcastKind
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    await world.subscribe(RECIPIENTS)
    broadcast = await world.publish("a", kind)
    await world.drain(lane)
    receipts = Receipts(world.database, world.clock)
    reports = [
        StatusReport(_delivery(message), str(kept["sid"]), state)
        for message, kept in zip(twilio.messages, twilio.kept, strict=True)
        for state in (DeliveryState.SENT, DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.DELIVERED)
    ]
    forged = [StatusReport(report.delivery_id, "SM" + "f" * 32, DeliveryState.FAILED, "30005") for report in reports]
    chance.shuffle(reports)
    for number, report in enumerate(reports):
        assert await receipts.record(report)
        if number % 9 == 0:
            await world.drain(lane)
    assert not any([await receipts.record(report) for report in forged])
    await _rounds(world, lane, 3)
    assert await world.states(broadcast) == {"delivered": RECIPIENTS}
    invariants.assert_nothing_doubled(_sent(twilio, kind), in_flight=0)


def _delivery(message: dict[str, str]) -> int:
    """Return the number that the message's own address for reports names."""
    return int(message["StatusCallback"].rpartition("=")[2])
