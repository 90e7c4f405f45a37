"""Telegram, SMS and a smog alert over the wire, with the whole product and the real model."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from twilio.request_validator import RequestValidator

from tests.bot.telegram.updates import ANNA, said
from tests.fixtures.running import START_WITHIN, RunningHub, start_hub
from tests.standins.telegram import TOKEN as BOT_TOKEN
from tests.standins.telegram import TelegramStandIn
from tests.standins.twilio import ACCOUNT, TOKEN, TwilioStandIn

pytestmark = pytest.mark.rasa

PUBLIC_URL = "http://127.0.0.1"
SMS_PATH = "/webhooks/twilio/sms"


@dataclass(frozen=True)
class City:
    """A hub with both channels, and the providers as seen from outside."""

    hub: RunningHub
    telegram: TelegramStandIn
    twilio: TwilioStandIn


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn() as standin:
        yield standin
    assert standin.violations == []


@pytest.fixture
async def twilio() -> AsyncIterator[TwilioStandIn]:
    async with TwilioStandIn() as standin:
        yield standin
    assert standin.violations == []


@pytest.fixture
async def city(
    rasa_model: Path, tmp_path: Path, telegram: TelegramStandIn, twilio: TwilioStandIn
) -> AsyncIterator[City]:
    hub = start_hub(
        tmp_path,
        PUBLIC_URL=PUBLIC_URL,
        TELEGRAM_BOT_TOKEN=BOT_TOKEN,
        TELEGRAM_API_BASE=telegram.url,
        TWILIO_ACCOUNT_SID=ACCOUNT,
        TWILIO_AUTH_TOKEN=TOKEN,
        TWILIO_API_BASE=twilio.url,
        TWILIO_FROM="+48732000000",
    )
    try:
        await asyncio.to_thread(hub.wait_until, lambda: hub.status() == "ok", START_WITHIN)
        yield City(hub, telegram, twilio)
    finally:
        assert await asyncio.to_thread(hub.stop) == 0


async def _text(city: City, body: str, sid: str, token: str = TOKEN) -> httpx2.Response:
    form = {"MessageSid": sid, "AccountSid": ACCOUNT, "From": "+48512345678", "Body": body, "NumMedia": "0"}
    signature = RequestValidator(token).compute_signature(PUBLIC_URL + SMS_PATH, form)
    async with httpx2.AsyncClient(timeout=60) as client:
        return await client.post(city.hub.url + SMS_PATH, data=form, headers={"X-Twilio-Signature": signature})


async def test_residents_ask_on_both_channels_and_hear_of_smog_once(city: City) -> None:
    assert (await _text(city, "smog piekary", "SM9", token="somebody else's")).status_code == 403, "forged"
    city.telegram.queue(said("jakie powietrze"))
    answered = await _text(city, "smog piekary", "SM1")
    assert answered.status_code == 200
    assert "DANE PRZYKLADOWE" in answered.text
    await city.telegram.seen(lambda: bool(city.telegram.made(chat=ANNA)))
    assert "Indeks jakości powietrza" in city.telegram.made(chat=ANNA)[0].text

    await _text(city, "START", "SM2")
    assert "Zapis przyj" in (await _text(city, "TAK", "SM3")).text
    async with httpx2.AsyncClient(timeout=60) as client:
        for _ in range(2):
            await client.post(f"{city.hub.url}/demo/smog")
    await asyncio.to_thread(city.hub.wait_until, lambda: len(city.twilio.messages) >= 2, 60)
    await city.telegram.seen(lambda: bool(city.telegram.made(chat=100200300)))
    assert sorted(message["To"] for message in city.twilio.messages) == ["+48512345678", "+48600100200"]
    assert all("Zla jakosc powietrza" in message["Body"] for message in city.twilio.messages)
    assert len(city.telegram.made(chat=100200300)) == 1
