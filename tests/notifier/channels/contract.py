"""What every channel promises; a channel's own test module subclasses this and provides the fixtures."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from notifier.channels.base import Channel, OutgoingMessage, Receipt, Retryable, Unanswered

MESSAGE = OutgoingMessage("Smog w Legnicy", "Jakość powietrza jest zła. Zostań w domu.", delivery_id=7)


@dataclass(frozen=True)
class Provider:
    """The channel under test, its provider as seen from outside, and an address that it can reach."""

    channel: Channel
    address: str
    received: Callable[[], Awaitable[list[str]]]
    """Returns the texts that residents got."""
    go_down: Callable[[], Awaitable[None]]
    """Makes the provider unreachable."""


class ChannelContract:
    """Collected only through subclasses; each overrides the fixture `provider`."""

    async def test_a_message_arrives_with_title_and_body(self, provider: Provider) -> None:
        outcome = await provider.channel.send(provider.address, MESSAGE)
        assert isinstance(outcome, Receipt)
        (text,) = await provider.received()
        assert MESSAGE.title in text
        assert MESSAGE.body in text

    async def test_receipts_name_different_messages_differently(self, provider: Provider) -> None:
        first = await provider.channel.send(provider.address, MESSAGE)
        second = await provider.channel.send(provider.address, OutgoingMessage("Koniec smogu", "Już dobrze.", 8))
        assert isinstance(first, Receipt)
        assert isinstance(second, Receipt)
        assert first.provider_id != second.provider_id
        assert 0 < len(first.provider_id) <= 64

    async def test_sends_many_at_once(self, provider: Provider) -> None:
        messages = [OutgoingMessage(f"Wiadomość {number}", "Treść", number) for number in range(1, 21)]
        outcomes = await asyncio.gather(*(provider.channel.send(provider.address, message) for message in messages))
        assert all(isinstance(outcome, Receipt) for outcome in outcomes)
        assert len(await provider.received()) == 20

    async def test_a_provider_that_is_down_is_an_outcome_and_no_error(self, provider: Provider) -> None:
        await provider.go_down()
        outcome = await provider.channel.send(provider.address, MESSAGE)
        assert isinstance(outcome, Retryable | Unanswered)
        assert provider.address not in outcome.code
