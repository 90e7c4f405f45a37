"""`POST /webhooks/telegram` over HTTP, answered by the inbox."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from structlog.testing import capture_logs

from api.app import create_app
from api.dependencies import Services
from api.webhooks.refusals import Refusals
from api.webhooks.telegram import TelegramWebhook, telegram_router
from core.metrics import Metrics
from tests.bot.telegram.conftest import Line, api, bot, line, stand_in
from tests.bot.telegram.updates import ANNA, said

__all__ = ["api", "bot", "line", "stand_in"]

SECRET = "s3cret-s3cret"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
AIR = "jakie jest powietrze"


@pytest.fixture
def webhook(line: Line) -> TelegramWebhook:
    return TelegramWebhook(line.intake, SECRET)


@pytest.fixture
async def telegram(webhook: TelegramWebhook, services: Services) -> AsyncIterator[httpx2.AsyncClient]:
    """Telegram, as it calls our webhook."""
    app = create_app(services, [telegram_router(webhook)])
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test", headers={HEADER: SECRET}) as client:
        yield client


async def test_an_update_is_stored_then_answered(telegram: httpx2.AsyncClient, line: Line) -> None:
    response = await telegram.post("/webhooks/telegram", json=said(AIR))
    assert (response.status_code, response.content) == (200, b"")
    assert (await line.states(), line.api.calls) == (["received"], [])
    assert line.intake.stored.is_set()
    await line.answer_due()
    assert "PM10" in line.api.made(chat=ANNA)[0].text


async def test_an_update_that_comes_again_is_counted_and_answered_once(
    telegram: httpx2.AsyncClient, line: Line, webhook: TelegramWebhook
) -> None:
    update = said(AIR)
    for _ in range(3):
        assert (await telegram.post("/webhooks/telegram", json=update)).status_code == 200
        await line.answer_due()
    assert len(line.api.made("sendMessage")) == 1
    assert webhook.refusals == {"repeated": 2}


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET.upper(), "ż".encode().decode("latin-1")])
async def test_a_forged_call_is_refused_and_leaves_a_count_and_nothing_else(
    telegram: httpx2.AsyncClient, line: Line, webhook: TelegramWebhook, secret: str
) -> None:
    headers = {HEADER.encode(): secret.encode("latin-1")}
    response = await telegram.post("/webhooks/telegram", json=said(AIR), headers=headers)
    assert response.status_code == 401
    assert SECRET not in response.text
    assert await line.states() == []
    assert not line.intake.stored.is_set()
    assert webhook.refusals == {"forged": 1}


async def test_a_flood_of_forged_calls_is_counted_and_fills_no_log() -> None:
    metrics = Metrics()
    refusals = Refusals(metrics.web)
    with capture_logs() as logs:
        for _ in range(5000):
            refusals.note("/webhooks/telegram", "forged")
    assert [entry["so_far"] for entry in logs] == [1, 10, 100, 1000]
    counted = 'hub_webhook_refusals_total{reason="forged",webhook="/webhooks/telegram"} 5000.0'
    assert counted in (await metrics.page()).decode()


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"[]", 400), (b"\xff", 400), (b"[" * 60_000, 400), (b'"' + b"x" * 70_000 + b'"', 413)],
)
async def test_what_is_no_update_is_refused(telegram: httpx2.AsyncClient, line: Line, body: bytes, status: int) -> None:
    response = await telegram.post("/webhooks/telegram", content=body)
    assert response.status_code == status
    assert await line.states() == []


async def test_the_body_is_read_no_further_than_the_limit(telegram: httpx2.AsyncClient) -> None:
    pieces = []

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            pieces.append(1)
            yield b"x" * 8192

    response = await telegram.post("/webhooks/telegram", content=endless())
    assert response.status_code == 413


@pytest.mark.parametrize("update", [{}, {"update_id": 1}, {"update_id": 1, "poll": {"id": "1"}}, {"message": None}])
async def test_what_needs_no_answer_is_accepted_and_dropped(
    telegram: httpx2.AsyncClient, line: Line, update: dict[str, object]
) -> None:
    assert (await telegram.post("/webhooks/telegram", json=update)).status_code == 200
    assert await line.states() == []
