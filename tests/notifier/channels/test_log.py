"""The outbox on the screen keeps the promises of every channel, and its own."""

import pytest
from sqlalchemy import select, text

from core.errors import ConfigurationError
from notifier.channels.base import OutgoingMessage, Receipt
from notifier.channels.log import LogChannel
from notifier.channels.log.models import OutboxRow
from notifier.channels.registry import NAMES, channels, chosen
from tests.notifier.channels.contract import MESSAGE, ChannelContract, Provider
from tests.notifier.deliveries.world import ScriptedChannel, World

PHONE = "+48601234567"


@pytest.fixture
def provider(world: World) -> Provider:
    async def received() -> list[str]:
        return [row.text for row in await _outbox(world)]

    async def go_down() -> None:
        async with world.database.engine.begin() as connection:
            await connection.execute(text("DROP TABLE outbox"))

    return Provider(LogChannel(world.database, "sms", world.clock), PHONE, received, go_down)


class TestLogChannel(ChannelContract):
    async def test_a_message_arrives_with_title_and_body(self, provider: Provider) -> None:
        """The screen shows what would be sent and counts what would be paid."""
        assert isinstance(await provider.channel.send(PHONE, MESSAGE), Receipt)
        assert await provider.received() == ["Smog w Legnicy\nJakosc powietrza jest zla. Zostan w domu."]
        assert provider.channel.parts(OutgoingMessage("Smog", "ł" * 156, 7)) == 2

    async def test_the_same_delivery_is_written_once(self, provider: Provider) -> None:
        first = await provider.channel.send(PHONE, MESSAGE)
        assert await provider.channel.send(PHONE, MESSAGE) == first
        assert len(await provider.received()) == 1

    async def test_the_outbox_shows_no_whole_number(self, provider: Provider, world: World) -> None:
        await provider.channel.send(PHONE, MESSAGE)
        (row,) = await _outbox(world)
        assert (row.channel, row.recipient, row.at) == ("sms", "…567", world.clock.now())


async def test_a_short_address_is_not_shown_at_all(world: World) -> None:
    await LogChannel(world.database, "telegram", world.clock).send("12345", MESSAGE)
    assert [row.recipient for row in await _outbox(world)] == ["…"]


async def test_a_channel_without_a_provider_goes_to_the_outbox(world: World) -> None:
    sms = ScriptedChannel("sms")
    every = channels([sms], world.database, world.clock)
    assert every["sms"] is sms
    assert tuple(every) == NAMES
    assert isinstance(await every["telegram"].send("123456789", MESSAGE), Receipt)
    assert [row.channel for row in await _outbox(world)] == ["telegram"]


@pytest.mark.parametrize("names", [["pigeon"], ["sms", "sms"]])
async def test_refuses_a_provider_that_has_no_place(world: World, names: list[str]) -> None:
    with pytest.raises(ConfigurationError, match=names[0]):
        channels([ScriptedChannel(name) for name in names], world.database, world.clock)


async def _outbox(world: World) -> list[OutboxRow]:
    async with world.database.read() as session:
        return list((await session.scalars(select(OutboxRow).order_by(OutboxRow.id))).all())


@pytest.mark.parametrize(("names", "picked"), [("sms, telegram,sms", ["sms", "telegram"]), ("telegram", ["telegram"])])
async def test_a_worker_may_serve_some_channels_only(world: World, names: str, picked: list[str]) -> None:
    every = channels([], world.database, world.clock)
    assert [channel.name for channel in chosen(every, names)] == picked
    assert [channel.name for channel in chosen(every, "")] == list(NAMES)
    with pytest.raises(ConfigurationError, match=r"pigeon.*sms, telegram"):
        chosen(every, "sms,pigeon")
