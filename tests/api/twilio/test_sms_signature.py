"""An SMS over HTTP is taken from Twilio only, signed as Twilio signs."""

import httpx2
import pytest

from api.webhooks.twilio import PATH
from core.database import Database
from tests.api.twilio.signing import PUBLIC_URL
from tests.api.twilio.sms import Fields, answer_of, form, post, sign, turns


@pytest.mark.parametrize(
    ("fields", "signature"),
    [
        (form("jakie jest powietrze"), ""),
        (form("jakie jest powietrze"), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (form("co innego"), sign(form("jakie jest powietrze"))),
        (form("x"), sign(form("x"), "http://127.0.0.1:8000" + PATH)),
        (form("x"), sign(form("x"), f"{PUBLIC_URL}/webhooks/twilio/status")),
        (form("x"), sign(form("x"), f"{PUBLIC_URL}{PATH}?a=1")),
        (form("x", AccountSid="AC9999"), None),
        ([*form("x"), ("AccountSid", "AC9999")], None),
        ([], None),
    ],
)
async def test_a_forged_call_is_refused_and_leaves_no_trace(
    sms: httpx2.AsyncClient, database: Database, fields: Fields, signature: str | None
) -> None:
    response = await post(sms, fields, signature)
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert "dostawca SMS" in response.json()["detail"]
    assert await turns(database) == []


async def test_repeated_fields_and_a_query_are_part_of_what_is_signed(sms: httpx2.AsyncClient) -> None:
    fields = [*form("jakie jest powietrze"), ("MediaUrl", "b"), ("MediaUrl", "a"), ("MediaUrl", "a")]
    assert "PM10" in str(answer_of(await post(sms, fields, query="?city=legnica&x=%C4%85")))
    repeated = [*fields, ("MediaUrl", "c")]
    assert (await post(sms, repeated, sign(fields))).status_code == 403


async def test_a_call_without_a_message_id_is_refused(sms: httpx2.AsyncClient) -> None:
    assert (await post(sms, form("x", sid=""))).status_code == 400


async def test_other_bodies_and_large_ones_are_refused(sms: httpx2.AsyncClient) -> None:
    assert (await sms.post(PATH, json={"Body": "x"})).status_code == 403
    assert (await sms.post(PATH, content=b"\xff%ff=%00&&;")).status_code == 403
    assert (await sms.post(PATH, content=b"x" * 70_000)).status_code == 413
