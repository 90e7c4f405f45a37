"""How the code of a sign-up leaves: by SMS at once, for ten minutes, and without making anybody wait."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from content.pack import City
from content.texts import Texts
from core.database import Database
from core.sms_text import segments, to_gsm
from hub.sign_up import CodePost
from notifier.channels.base import Channel, Outcome, OutgoingMessage, Receipt
from notifier.channels.log import LogChannel
from notifier.channels.log.models import OutboxRow
from tests.fakes import FrozenClock

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


def _post(channel: Channel, city: City, clock: FrozenClock) -> CodePost:
    return CodePost(channel, Texts(city.folder)["alerts_subscribe"], clock)


async def test_it_is_one_sms_that_the_provider_gives_up_with_the_code(city: City, clock: FrozenClock) -> None:
    provider = SlowProvider()
    post = _post(provider, city, clock)
    await post.send(PHONE, "012345")
    assert provider.answered == 0
    provider.may_answer.set()
    await post.close()
    ((number, message),) = provider.given
    assert (number, message.title, message.delivery_id) == (PHONE, "Kod 012345", 0)
    assert "ważny 10 min" in message.body
    assert message.expires_at == clock.now() + timedelta(minutes=10)
    assert segments(to_gsm(f"{message.title}\n{message.body}")) == 1


async def test_the_end_of_the_process_waits_for_codes_on_their_way(city: City, clock: FrozenClock) -> None:
    provider = SlowProvider()
    post = _post(provider, city, clock)
    await post.send(PHONE, "012345")
    closing = asyncio.create_task(post.close())
    await asyncio.sleep(0)
    assert not closing.done()
    provider.may_answer.set()
    await closing
    assert provider.answered == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_in_the_demo_it_is_read_on_the_screen(database: Database, city: City, clock: FrozenClock) -> None:
    post = _post(LogChannel(database, "sms", clock), city, clock)
    for code in ("012345", "678901"):
        await post.send(PHONE, code)
    await post.close()
    async with database.read() as session:
        rows = (await session.scalars(select(OutboxRow).order_by(OutboxRow.text))).all()
    assert [row.text.splitlines()[0] for row in rows] == ["Kod 012345", "Kod 678901"]
    assert {row.recipient for row in rows} == {"…678"}
