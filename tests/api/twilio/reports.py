"""A report on an SMS as Twilio posts it, and the delivery that it is about."""

from urllib.parse import urlencode

import httpx2

from api.webhooks.twilio_status import PATH
from notifier.channels.base import Receipt
from notifier.deliveries.models import DeliveryRow
from tests.api.twilio.signing import ACCOUNT, PUBLIC_URL, signature_of
from tests.notifier.deliveries.world import ANNOUNCEMENT, ScriptedChannel, World

SID, NUMBER = "SM" + "a1" * 16, "+48601000000"
Fields = dict[str, str]


def form(status: str, code: str = "", sid: str = SID, **more: str) -> Fields:
    named = {"MessageSid": sid, "MessageStatus": status, "AccountSid": ACCOUNT, "From": "+48732000000", "To": NUMBER}
    return {**named, **({"ErrorCode": code} if code else {}), **more}


def sign(fields: Fields, url: str) -> str:
    return signature_of(fields.items(), url)


async def post(client: httpx2.AsyncClient, fields: Fields, query: str, signature: str | None = None) -> int:
    signed = sign(fields, PUBLIC_URL + PATH + query) if signature is None else signature
    headers = {"X-Twilio-Signature": signed, "Content-Type": "application/x-www-form-urlencoded"}
    return (await client.post(PATH + query, content=urlencode(fields).encode(), headers=headers)).status_code


async def report(client: httpx2.AsyncClient, status: str, code: str = "", sid: str = SID, delivery: object = 1) -> None:
    assert await post(client, form(status, code, sid), f"?delivery={delivery}") == 204


async def sent_one(town: World) -> DeliveryRow:
    """Send one message, which Twilio accepts."""
    await town.subscribe()
    await town.publish(kind=ANNOUNCEMENT)
    channel = ScriptedChannel()
    channel.default = Receipt(SID)
    await town.drain(town.lane(channel))
    return await first_delivery(town)


async def first_delivery(town: World) -> DeliveryRow:
    """Return the delivery that was sent; another one may wait in its place when it failed."""
    (row,) = [row for row in await town.deliveries() if row.round == 0]
    return row
