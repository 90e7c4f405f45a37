"""Twilio is asked what became of a message that got no answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notifier.channels.base import Fate, Found, Inquiry, NotFound, OutgoingMessage, Receipt, Unanswered
from notifier.channels.twilio import http
from notifier.channels.twilio.sms import TwilioSmsChannel
from tests.notifier.channels.contract import MESSAGE
from tests.notifier.channels.twilio.opening import PHONE
from tests.standins.twilio import Refusal, TwilioStandIn
from tests.standins.twilio_spec import SPEC_FILE

pytestmark = pytest.mark.skipif(not SPEC_FILE.exists(), reason="the API's specification is not beside the repository")

STARTED = datetime.now(UTC)


def _inquiry(**changes: object) -> Inquiry:
    return replace(Inquiry(PHONE, MESSAGE, datetime.now(UTC)), **changes)  # type: ignore[arg-type]


async def test_a_message_without_an_answer_is_found_by_number_text_and_time(
    channel: TwilioSmsChannel, twilio: TwilioStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "_TOTAL_SECONDS", 0.3)
    twilio.accepts_and_hangs = True
    assert isinstance(await channel.send(PHONE, MESSAGE), Unanswered)
    monkeypatch.setattr(http, "_TOTAL_SECONDS", 8.0)
    sid = twilio.kept[0]["sid"]
    for status, fate in (("queued", Fate.ACCEPTED), ("sent", Fate.ACCEPTED), ("delivered", Fate.DELIVERED)):
        twilio.kept[0]["status"] = status
        assert await channel.look_up(_inquiry()) == Found(sid, fate)
    assert twilio.queries[0]["To"] == PHONE
    assert twilio.queries[0]["DateSent>"] <= datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize(
    "inquiry",
    [
        pytest.param({"message": OutgoingMessage("Inny", "tekst", 8)}, id="another text"),
        pytest.param({"started_at": STARTED - timedelta(hours=2)}, id="another time"),
        pytest.param({"others": frozenset({f"SM{1:032x}"})}, id="a message that we know"),
    ],
)
async def test_another_message_is_not_taken_for_it(channel: TwilioSmsChannel, inquiry: dict[str, object]) -> None:
    await channel.send(PHONE, MESSAGE)
    assert await channel.look_up(_inquiry(**inquiry)) == NotFound()


async def test_a_message_is_asked_for_by_its_own_id(channel: TwilioSmsChannel, twilio: TwilioStandIn) -> None:
    receipt = await channel.send(PHONE, MESSAGE)
    assert isinstance(receipt, Receipt)
    twilio.kept[0] |= {"status": "undelivered", "error_code": 30003}
    found = await channel.look_up(_inquiry(provider_id=receipt.provider_id))
    assert found == Found(receipt.provider_id, Fate.FAILED, "30003", timedelta(minutes=30))
    assert await channel.look_up(_inquiry(provider_id=f"SM{99:032x}")) == NotFound()


async def test_a_question_that_cannot_be_answered_is_no_answer(
    channel: TwilioSmsChannel, twilio: TwilioStandIn
) -> None:
    twilio.refusal = Refusal(503)
    assert isinstance(await channel.look_up(_inquiry()), Unanswered)
    await twilio.stop()
    assert isinstance(await channel.look_up(_inquiry()), Unanswered)
