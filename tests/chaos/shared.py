"""What two machines of a role share: talks, limits, messages of providers, replies of the office."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx2
from sqlalchemy import text
from twilio.request_validator import RequestValidator

from api.webhooks.twilio import PATH as SMS_PATH
from bot.handoffs.handoff import NewHandoff
from bot.handoffs.service import Handoffs
from core.clock import SystemClock
from core.crypto import AddressVault
from tests.chaos.town import CHATS_A_MINUTE, KEY, PUBLIC_URL, SECRET, Town
from tests.standins.twilio import ACCOUNT, TOKEN


async def assert_an_sms_that_comes_to_both_is_answered_once(town: Town) -> None:
    """Twilio tries again at once when an answer is slow, and the balancer gives it to the other machine."""
    form = {"MessageSid": "SM1", "AccountSid": ACCOUNT, "From": "+48512345678", "Body": "START", "NumMedia": "0"}
    signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC_URL}{SMS_PATH}", form)
    async with httpx2.AsyncClient(timeout=20, headers={"X-Twilio-Signature": signature}) as client:
        both = [client.post(machine.url + SMS_PATH, data=form) for machine in town.machines["api"]]
        first, second = await asyncio.gather(*both)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.text == second.text
    assert "TAK" in first.text
    async with town.database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM turns")) == 1


async def assert_a_talk_goes_on_at_the_other_machine(town: Town) -> None:
    first, second = (machine.url for machine in town.machines["api"])
    async with httpx2.AsyncClient(timeout=10) as client:

        async def press(url: str, button: str, conversation: str, caller: str) -> httpx2.Response:
            turn = {"conversation": conversation or None, "button": button}
            return await client.post(f"{url}/api/v1/chat", json=turn, headers={"X-Forwarded-For": caller})

        conversation, button, seen = "", "subsidy_check", []
        for turn in range(4):
            body = (await press((first, second)[turn % 2], button, conversation, "192.0.2.1")).json()
            conversation, answer = body["conversation"], body["answers"][0]
            seen.append(answer["text"])
            button = answer["buttons"][0]["payload"]
        assert len(set(seen)) == 4, "each turn goes one question further"
        at_once = CHATS_A_MINUTE // 4
        said = [(await press((first, second)[n % 2], "help", "", "192.0.2.9")).status_code for n in range(2 * at_once)]
        assert {429} <= set(said) <= {200, 429}, "each of them alone has not had enough to refuse"
        await _the_office_replies(town, conversation, second, client)


async def _the_office_replies(town: Town, conversation: str, url: str, client: httpx2.AsyncClient) -> None:
    """A reply reaches the page that is open at the other machine than the one asked first."""
    desk = Handoffs(AddressVault([KEY], SECRET), SystemClock(), "LG")
    async with client.stream("GET", f"{url}/api/v1/chat/events", headers={"X-Conversation": conversation}) as stream:
        async with town.database.write() as session:
            new = NewHandoff("key", "web", "other", f"conversation:{conversation}", "Lampa nie świeci.")
            reference = await desk.create(session, new)
            await desk.assign(session, reference, "ANNA", "ANNA")
            await desk.reply(session, reference, "Naprawimy jutro.", "ANNA")
        async with asyncio.timeout(30):
            data = [line async for line in _until_reply(stream)][-1]
    assert "Naprawimy jutro." in json.loads(data.removeprefix("data: "))["text"]


async def _until_reply(stream: httpx2.Response) -> AsyncIterator[str]:
    async for line in stream.aiter_lines():
        if line.startswith("data: ") and "text" in line:
            yield line
            return
