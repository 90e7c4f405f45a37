"""An SMS as Twilio posts it, and the answer that it carries back."""

from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import httpx2

from api.webhooks.twilio import PATH
from bot.conversations.models import TurnRow
from core.database import Database
from core.sms_text import is_gsm, segments
from tests.api.twilio.signing import ACCOUNT, PUBLIC_URL, signature_of

NUMBER, SECRET = "+48500100200", "digest-key"
Fields = list[tuple[str, str]]


def form(body: str, sid: str = "SM1", **more: str) -> Fields:
    named = {"MessageSid": sid, "AccountSid": ACCOUNT, "From": NUMBER, "To": "+48700", "Body": body, "NumMedia": "0"}
    return list({**named, **more}.items())


def sign(fields: Fields, url: str = PUBLIC_URL + PATH) -> str:
    return signature_of(fields, url)


async def post(
    client: httpx2.AsyncClient, fields: Fields, signature: str | None = None, query: str = ""
) -> httpx2.Response:
    signed = sign(fields, PUBLIC_URL + PATH + query) if signature is None else signature
    headers = {"X-Twilio-Signature": signed, "Content-Type": "application/x-www-form-urlencoded"}
    return await client.post(PATH + query, content=urlencode(fields).encode(), headers=headers)


def answer_of(response: httpx2.Response) -> str | None:
    """Return the text of the answer; every one can be sent in at most two parts."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/xml")
    document = ET.fromstring(response.text)  # noqa: S314 - our own document
    assert document.tag == "Response"
    answer = document.findtext("Message")
    if answer is not None:
        assert is_gsm(answer)
        assert 1 <= segments(answer) <= 2
    return answer


async def say(client: httpx2.AsyncClient, body: str, sid: str = "SM1", **more: str) -> str:
    answer = answer_of(await post(client, form(body, sid, **more)))
    assert answer is not None
    return answer


async def turns(database: Database) -> list[str]:
    async with database.read() as session:
        return [row.asked for row in (await session.execute(TurnRow.__table__.select().order_by(TurnRow.id))).all()]
