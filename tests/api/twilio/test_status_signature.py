"""A report is taken from Twilio only, signed as Twilio signs."""

import httpx2
import pytest

from api.webhooks.twilio_status import PATH
from tests.api.twilio.reports import Fields, first_delivery, form, post, sent_one, sign
from tests.api.twilio.signing import PUBLIC_URL
from tests.notifier.deliveries.world import World


@pytest.mark.parametrize(
    ("fields", "signature"),
    [
        (form("delivered"), ""),
        (form("delivered"), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (form("delivered"), sign(form("sent"), f"{PUBLIC_URL}{PATH}?delivery=1")),
        (form("delivered"), sign(form("delivered"), f"{PUBLIC_URL}{PATH}?delivery=2")),
        (form("delivered"), sign(form("delivered"), f"{PUBLIC_URL}{PATH}")),
        (form("delivered"), sign(form("delivered"), f"{PUBLIC_URL}/webhooks/twilio/sms?delivery=1")),
        (form("delivered"), sign(form("delivered"), f"http://127.0.0.1:8000{PATH}?delivery=1")),
        (form("delivered", AccountSid="AC9999"), None),
        ({}, None),
    ],
)
async def test_a_forged_report_is_refused_and_changes_nothing(
    twilio: httpx2.AsyncClient, town: World, fields: Fields, signature: str | None
) -> None:
    await sent_one(town)
    assert await post(twilio, fields, "?delivery=1", signature) == 403
    assert (await first_delivery(town)).state == "sent"


async def test_the_refusal_is_a_problem_document(twilio: httpx2.AsyncClient) -> None:
    response = await twilio.post(PATH, content=b"\xff%ff=%00&&;")
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert "dostawca SMS" in response.json()["detail"]


async def test_a_report_without_a_message_is_refused(twilio: httpx2.AsyncClient) -> None:
    assert await post(twilio, form("delivered", sid=""), "?delivery=1") == 400
