"""How the code of a sign-up leaves: by SMS at once, for ten minutes, and without making anybody wait."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from content.pack import City
from content.texts import Texts
from core.database import Database
from core.sms_text import segments, to_gsm
from notifier.channels.base import Channel, Outcome, OutgoingMessage, Receipt, Rejected, Unanswered
from notifier.channels.log import LogChannel
from notifier.channels.log.models import OutboxRow
from notifier.pricing import SegmentPrice
from notifier.spending.budget import Budget
from notifier.subscriptions.code_post import CodePost
from tests.fakes import FrozenClock
from tests.notifier.deliveries.world import ScriptedChannel

PHONE = "+48512345678"


class SlowProvider(Channel):
    """Answers only when it may, and keeps what it was given."""

    def __init__(self) -> None:
        super().__init__("sms")
        self.given: list[tuple[str, OutgoingMessage]] = []
        self.may_answer = asyncio.Event()
        self.answered = 0

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        self.given.append((address, message))
        await self.may_answer.wait()
        self.answered += 1
        return Receipt("id")


PRICE = SegmentPrice(Decimal("0.17"))
PostOf = Callable[[Channel], CodePost]


@pytest.fixture
def budget() -> Budget:
    return Budget("sms", PRICE, Decimal(100))


@pytest.fixture
def post_of(database: Database, city: City, clock: FrozenClock, budget: Budget) -> PostOf:
    return lambda channel: CodePost(channel, Texts(city.folder)["alerts_subscribe"], clock, database, budget)


async def test_it_is_one_sms_that_the_provider_gives_up_with_the_code(post_of: PostOf, clock: FrozenClock) -> None:
    provider = SlowProvider()
    post = post_of(provider)
    await post.send(PHONE, "012345")
    assert provider.answered == 0
    provider.may_answer.set()
    await post.close()
    ((number, message),) = provider.given
    assert (number, message.title, message.delivery_id) == (PHONE, "Kod 012345", 0)
    assert "ważny 10 min" in message.body
    assert message.expires_at == clock.now() + timedelta(minutes=10)
    assert segments(to_gsm(f"{message.title}\n{message.body}")) == 1


async def test_the_end_of_the_process_waits_for_codes_on_their_way(post_of: PostOf) -> None:
    provider = SlowProvider()
    post = post_of(provider)
    await post.send(PHONE, "012345")
    closing = asyncio.create_task(post.close())
    await asyncio.sleep(0)
    assert not closing.done()
    provider.may_answer.set()
    await closing
    assert provider.answered == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_in_the_demo_it_is_read_on_the_screen(post_of: PostOf, database: Database, clock: FrozenClock) -> None:
    post = post_of(LogChannel(database, "sms", clock))
    for code in ("012345", "678901"):
        await post.send(PHONE, code)
    await post.close()
    async with database.read() as session:
        rows = (await session.scalars(select(OutboxRow).order_by(OutboxRow.text))).all()
    assert [row.text.splitlines()[0] for row in rows] == ["Kod 012345", "Kod 678901"]
    assert {row.recipient for row in rows} == {"…678"}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("outcome", "left"), [(Receipt("id"), 1), (Unanswered("timeout"), 1), (Rejected("21612", needs_staff=True), 0)]
)
async def test_what_the_provider_refused_is_not_paid_for(
    post_of: PostOf, database: Database, clock: FrozenClock, budget: Budget, outcome: Outcome, left: int
) -> None:
    channel = ScriptedChannel()
    channel.default = outcome
    post = post_of(channel)
    async with database.write() as session:
        assert await budget.take(session, post.purse.parts, clock.now())
    await post.send(PHONE, "012345")
    await post.close()
    async with database.read() as session:
        assert await budget.spent(session, clock.now()) == left
