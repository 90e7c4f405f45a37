"""What the doctor says of those whom the product calls, over a played wire."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import httpx2
import pytest

from core.http import http_client
from core.settings import Settings
from hub.doctor import providers
from hub.doctor.finding import Finding, Verdict
from tests.hub.doctor.test_settings_check import production

TOKEN = "123456:stand-in"
HOOK = "https://asystent.example.pl/webhooks/telegram"
SMS_HOOK = "https://asystent.example.pl/webhooks/twilio/sms"
TELEGRAM = {"telegram_bot_token": TOKEN, "telegram_mode": "webhook", "telegram_webhook_secret": "s" * 32}
TWILIO = {"twilio_account_sid": "AC1", "twilio_auth_token": "t" * 32, "twilio_from": "+48732000000"}

Answers = Mapping[str, Any]


def _wire(answers: Answers, asked: list[httpx2.Request]) -> httpx2.MockTransport:
    """Answer by the end of the path; a number is a refusal with that status."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        for end, body in answers.items():
            if request.url.path.endswith(end):
                return httpx2.Response(body) if isinstance(body, int) else httpx2.Response(200, json=body)
        return httpx2.Response(404)

    return httpx2.MockTransport(answer)


class _Wire:
    """Asks over the played wire; `asked` are the requests."""

    def __init__(self) -> None:
        self.asked: list[httpx2.Request] = []

    async def __call__(
        self, check: Callable[[httpx2.AsyncClient, Settings], Any], settings: Settings, answers: Answers
    ) -> list[Finding]:
        async with http_client(timeout=5, transport=_wire(answers, self.asked)) as http:
            return list(await check(http, settings))


@pytest.fixture
def wire() -> _Wire:
    return _Wire()


def _told(findings: list[Finding]) -> list[tuple[str, Verdict]]:
    return [(each.subject, each.verdict) for each in findings]


def _bot(**webhook: object) -> Answers:
    return {"getMe": {"ok": True, "result": {"username": "miasto_bot"}}, "getWebhookInfo": {"result": webhook}}


async def test_a_bot_whose_webhook_is_ours_is_right(wire: _Wire) -> None:
    found = await wire(providers.of_telegram, production(**TELEGRAM), _bot(url=HOOK, pending_update_count=0))
    assert _told(found) == [("Telegram", Verdict.RIGHT), ("Telegram webhook", Verdict.RIGHT)]
    assert "@miasto_bot" in found[0].text
    assert TOKEN not in str(found)


async def test_a_refused_token_is_wrong(wire: _Wire) -> None:
    found = await wire(providers.of_telegram, production(**TELEGRAM), {"getMe": 401})
    assert _told(found) == [("Telegram", Verdict.WRONG)]
    assert TOKEN not in str(found)


@pytest.mark.parametrize(
    ("mode", "url"),
    [("webhook", ""), ("webhook", "https://else.example/hook"), ("polling", "https://else.example/hook")],
)
async def test_a_webhook_that_leads_elsewhere_is_wrong(wire: _Wire, mode: str, url: str) -> None:
    settings = production(**{**TELEGRAM, "telegram_mode": mode})
    found = await wire(providers.of_telegram, settings, _bot(url=url))
    assert found[1].verdict is Verdict.WRONG


async def test_messages_that_nobody_fetches_are_doubtful(wire: _Wire) -> None:
    found = await wire(providers.of_telegram, production(**TELEGRAM), _bot(url=HOOK, pending_update_count=500))
    assert found[-1].verdict is Verdict.DOUBTFUL
    assert "500 messages wait" in found[-1].text


async def test_an_account_whose_number_leads_to_us_is_right(wire: _Wire) -> None:
    answers = {
        "AC1.json": {"status": "active"},
        "IncomingPhoneNumbers.json": {"incoming_phone_numbers": [{"sms_url": f"{SMS_HOOK}#rc=2&rp=all"}]},
    }
    found = await wire(providers.of_twilio, production(**TWILIO), answers)
    assert _told(found) == [("Twilio", Verdict.RIGHT), ("sender of SMS", Verdict.RIGHT)]
    assert {request.method for request in wire.asked} == {"GET"}
    assert all(request.headers["Authorization"].startswith("Basic ") for request in wire.asked)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"AC1.json": 401}, "correct TWILIO_ACCOUNT_SID"),
        ({"AC1.json": {"status": "suspended"}, "Numbers.json": {}}, "the account is suspended"),
        ({"AC1.json": {"status": "active"}, "Numbers.json": {"incoming_phone_numbers": []}}, "no such number"),
        (
            {"AC1.json": {"status": "active"}, "Numbers.json": {"incoming_phone_numbers": [{"sms_url": "https://x"}]}},
            f"set the webhook to {SMS_HOOK}",
        ),
    ],
)
async def test_an_account_that_cannot_send_or_hear_is_wrong(wire: _Wire, answers: Answers, told: str) -> None:
    found = await wire(providers.of_twilio, production(**TWILIO), answers)
    assert told in " ".join(each.text for each in found if each.verdict is Verdict.WRONG)


async def test_a_messaging_service_is_asked_where_it_lives(wire: _Wire) -> None:
    settings = production(**{**TWILIO, "twilio_from": "", "twilio_messaging_service_sid": "MG1"})
    answers = {"AC1.json": {"status": "active"}, "MG1": {"inbound_request_url": SMS_HOOK}}
    found = await wire(providers.of_twilio, settings, answers)
    assert _told(found) == [("Twilio", Verdict.RIGHT), ("sender of SMS", Verdict.RIGHT)]
    assert wire.asked[-1].url.host == "messaging.twilio.com"


@pytest.mark.parametrize(
    ("body", "verdict"),
    [({"status": "ok"}, Verdict.RIGHT), ({"status": "degraded"}, Verdict.DOUBTFUL), (404, Verdict.WRONG)],
)
async def test_the_public_address_must_lead_to_the_product(wire: _Wire, body: object, verdict: Verdict) -> None:
    (found,) = await wire(providers.of_public_address, production(), {"/health/ready": body})
    assert found.verdict is verdict


@pytest.fixture
async def greeting() -> AsyncIterator[Callable[[bytes], Any]]:
    """Servers that say a line and hear one."""
    servers: list[asyncio.Server] = []

    async def start(line: bytes) -> int:
        async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(line)
            await reader.readline()
            writer.close()

        servers.append(await asyncio.start_server(greet, "127.0.0.1", 0))
        port: int = servers[-1].sockets[0].getsockname()[1]
        return port

    yield start
    for server in servers:
        server.close()
        await server.wait_closed()


@pytest.mark.parametrize(("line", "verdict"), [(b"220 mail\r\n", Verdict.RIGHT), (b"SSH-2.0\r\n", Verdict.WRONG)])
async def test_the_mail_server_greets(greeting: Callable[[bytes], Any], line: bytes, verdict: Verdict) -> None:
    smtp = {
        "smtp_host": "127.0.0.1",
        "smtp_port": await greeting(line),
        "smtp_from": "a@x.pl",
        "staff_emails": "b@x.pl",
    }
    (found,) = await providers.of_mail(production(**smtp))
    assert found.verdict is verdict
