"""Reports of Twilio set against our own call: ahead of its answer, instead of it, or about another message."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx2
import pytest

from notifier.channels.base import Outcome, OutgoingMessage, Receipt, Unanswered
from tests.api.twilio.reports import NUMBER, SID, first_delivery, report, sent_one
from tests.notifier.deliveries.world import ANNOUNCEMENT, ScriptedChannel, World

_RETRY = timedelta(minutes=1)


class _Reporting(ScriptedChannel):
    """A provider that reports on a message before it answers the call."""

    def __init__(self, report: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self._report = report
        self.outcomes: list[Outcome] = []
        self.reports_from = 1

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        await super()._send(address, message)
        if len(self.called) >= self.reports_from:
            await self._report()
        return self.outcomes.pop(0) if self.outcomes else Receipt(SID)


async def test_a_report_may_overtake_the_answer_to_the_call(twilio: httpx2.AsyncClient, town: World) -> None:
    await town.subscribe()
    await town.publish()
    channel = _Reporting(lambda: report(twilio, "delivered"))
    await town.drain(town.lane(channel))
    row = await first_delivery(town)
    assert (row.state, row.provider_id, len(channel.called)) == ("delivered", SID, 1)


async def test_a_refusal_may_overtake_the_answer_to_the_only_call(twilio: httpx2.AsyncClient, town: World) -> None:
    await town.subscribe()
    await town.publish()
    await town.drain(town.lane(_Reporting(lambda: report(twilio, "failed", "21610"))))
    row = await first_delivery(town)
    assert (row.state, row.error) == ("failed", "21610")
    assert await town.contact_state(row.contact_id) == ("stopped", 0)


@pytest.mark.parametrize(("status", "state"), [("sent", "sent"), ("delivered", "delivered"), ("failed", "failed")])
async def test_a_report_settles_what_was_never_answered(
    twilio: httpx2.AsyncClient, town: World, status: str, state: str
) -> None:
    await town.subscribe()
    await town.publish(kind=ANNOUNCEMENT)
    channel = ScriptedChannel()
    channel.default = Unanswered("timeout")
    await town.drain(town.lane(channel))
    assert (await first_delivery(town)).state == "unknown"
    await report(twilio, status)
    row = await first_delivery(town)
    assert (row.state, row.provider_id) == (state, SID)


async def test_a_failed_first_call_says_nothing_about_the_second(twilio: httpx2.AsyncClient, town: World) -> None:
    await town.subscribe()
    await town.publish()
    channel = _Reporting(lambda: report(twilio, "failed", "30008", sid="SM" + "0" * 32))
    channel.outcomes = [Unanswered("timeout"), Receipt(SID)]
    channel.reports_from = 2
    await town.drain(town.lane(channel))
    await town.pass_time(_RETRY)
    await town.drain(town.lane(channel))
    row = await first_delivery(town)
    assert (row.state, row.provider_id, len(channel.called)) == ("sent", SID, 2)


@pytest.mark.parametrize("delivery", [1, 2, "", "0", "-1", "x", "%D9%A3", "9" * 40])
async def test_a_report_on_an_unknown_message_is_accepted_and_changes_nothing(
    twilio: httpx2.AsyncClient, town: World, delivery: object
) -> None:
    await sent_one(town)
    await report(twilio, "failed", "21610", sid="SM" + "f" * 32, delivery=delivery)
    row = await first_delivery(town)
    assert (row.state, row.provider_id) == ("sent", SID)
    assert await town.contact_state(row.contact_id) == ("active", 1)


@pytest.mark.parametrize("state", ["pending", "expired"])
async def test_no_report_moves_what_was_not_called(twilio: httpx2.AsyncClient, town: World, state: str) -> None:
    await town.subscribe()
    await town.publish(expires_in=_RETRY)
    if state == "expired":
        await town.pass_time(_RETRY)
        await town.drain(town.lane(ScriptedChannel()))
    await report(twilio, "delivered")
    assert (await first_delivery(town)).state == state


async def test_an_unknown_message_is_logged_without_the_number(
    twilio: httpx2.AsyncClient, product_log: Callable[[], str]
) -> None:
    await report(twilio, "failed", "30003", delivery=77)
    logged = product_log()
    assert "a report on an unknown message" in logged
    assert NUMBER.removeprefix("+48") not in logged
