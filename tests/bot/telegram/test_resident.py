"""A resident goes through everything the bot can do, in both modes, while the wire fails in every way."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from api.app import create_app
from api.dependencies import Services
from api.webhooks.telegram import TelegramWebhook, telegram_router
from bot.guard import ChatGuard
from bot.telegram import inbox
from bot.telegram.channel import TelegramChannel
from bot.telegram.intake import Intake
from bot.telegram.profile import Profile, Webhook
from bot.telegram.talk import Talk
from core.ratelimit import RateLimiter
from hub import bootstrap
from hub.assistant import assistant as build_assistant
from hub.topics import Topics
from notifier.deliveries.signals import Pause
from tests.bot.telegram.conftest import NOTICE, FreePace, departures_of
from tests.bot.telegram.updates import ANNA, GROUP, Json, blocked, message, pressed, said
from tests.fakes import FakeParser
from tests.standins.telegram import BOT, CUT, TOKEN, TelegramStandIn

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SECRET = "s3cret-s3cret"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
SHARED = {"latitude": 51.2069, "longitude": 16.1457}
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]

Deliver = Callable[[Sequence[Json]], Awaitable[None]]


class HurryingClock:
    """A clock that runs a hundred times as fast as the world's, so that pauses end soon."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 18, 30, tzinfo=UTC) + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        return (time.monotonic() - self._begun) * 100


@dataclass(frozen=True)
class Step:
    """What the resident does, what must be read then, and what fails on the way: method, status, retry after."""

    update: Json
    reads: str
    fault: tuple[str, int, int | None] | None = None
    chat: int = ANNA


def _script() -> list[Step]:
    mention = f"@{BOT['username']}"
    return [
        Step(said("/start smog"), "Czy zapisać?"),
        Step(said("TAK"), "Zapis przyjęty", ("sendMessage", 429, 1)),
        Step(said("jakie powietrze na Piekarach"), "Wykres stężenia", ("sendPhoto", 500, None)),
        Step(pressed("subsidy_overview"), "Czyste Powietrze", ("answerCallbackQuery", 500, None)),
        Step(said("/ladowarki"), "Ładowarki", ("sendMessage", CUT, None)),
        Step(message(location=SHARED), "GreenWay", ("sendVenue", 502, None)),
        Step(said("/dotacje"), "Czyste Powietrze"),
        Step(said("/wydarzenia"), "ydarze"),
        Step(message(photo=PHOTO), "Nie oglądam zdjęć", ("sendMessage", 429, 2)),
        Step(said("/alerty"), "Włączone powiadomienia"),
        Step(said("/polacz"), "nie jest teraz możliwe", ("sendMessage", 500, None)),
        Step(said("/rozlacz"), "nie jest z niczym połączone"),
        Step(said("/moje_dane"), "Rozmowa jest usuwana"),
        Step(said(f"{mention} dotacja na wymiane kopciucha", GROUP), "Czyste Powietrze", ("getMe", 500, None), GROUP),
        Step(pressed("no_such_button"), "już nie działa"),
        Step(said("/stop"), "są wyłączone"),
        Step(said("/usun"), "Usunąć dane?"),
        Step(said("usuń"), "sunięte"),
        Step(blocked(), ""),
        Step(said("/pomoc"), "Można zapytać"),
    ]


@pytest.fixture
def channel(
    foundation: bootstrap.Foundation, parser: FakeParser, api: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> TelegramChannel:
    # What is tried again is due after a hundredth of its pause, so it must be looked for as often.
    monkeypatch.setattr(inbox, "_LOOK_SECONDS", 0.01)
    hurrying = replace(foundation, clock=HurryingClock())
    departures, database = departures_of(hurrying), hurrying.database
    assistant = build_assistant(hurrying, Topics(hurrying), parser)
    return TelegramChannel(
        token=TOKEN,
        api_base=api.url,
        webhook=None,
        intake=Intake(database, hurrying.clock),
        talk=Talk(assistant, hurrying.texts, hurrying.places, departures, NOTICE),
        departures=departures,
        profile=Profile.of(hurrying.texts["telegram"]),
        guard=ChatGuard(RateLimiter(hurrying.redis), 0, "k"),
        limits=FreePace(),
        pause=Pause(hurrying.redis, "telegram"),
        database=database,
        clock=hurrying.clock,
    )


@pytest.fixture(params=["polling", "webhook"])
async def deliver(
    request: pytest.FixtureRequest, channel: TelegramChannel, services: Services, api: TelegramStandIn
) -> AsyncIterator[Deliver]:
    """Telegram brings updates to the running bot, each of them twice."""
    stop = asyncio.Event()
    hooked = replace(channel, webhook=Webhook("https://asystent.example/webhooks/telegram", SECRET))
    running = asyncio.create_task((channel if request.param == "polling" else hooked).run(stop))
    router = telegram_router(TelegramWebhook(channel.intake, SECRET))
    transport = httpx2.ASGITransport(create_app(services, [router]))

    async def by_polling(updates: Sequence[Json]) -> None:
        api.queue(*updates)

    async def by_webhook(updates: Sequence[Json]) -> None:
        async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test", headers=HEADERS) as telegram:
            for update in [*updates, *updates]:
                assert (await telegram.post("/webhooks/telegram", json=update)).status_code == 200

    yield by_polling if request.param == "polling" else by_webhook
    stop.set()
    await running


def _read(api: TelegramStandIn, step: Step) -> int:
    return sum(step.reads in call.text for call in api.made(chat=step.chat))


async def test_nothing_is_lost_and_at_most_what_was_in_flight_comes_twice(
    deliver: Deliver, api: TelegramStandIn
) -> None:
    for step in _script():
        before = _read(api, step)
        if step.fault:
            method, status, retry_after = step.fault
            api.fail(method, status, retry_after=retry_after)
        await deliver([step.update])
        if step.reads:
            await api.seen(lambda step=step, before=before: _read(api, step) > before)  # type: ignore[misc]
    # Of all faults only the cut connection leaves open whether the message arrived.
    assert _number(api, "Ładowarki w Legnicy") == 2
    assert _number(api, "Zapis przyjęty") == 1
    assert _number(api, "Nie oglądam zdjęć") == 1
    assert _number(api, "Usunąć dane?") == 1


def _number(api: TelegramStandIn, words: str) -> int:
    return sum(words in call.text for call in api.made("sendMessage", ANNA))


async def test_many_questions_out_of_order_are_all_answered(deliver: Deliver, api: TelegramStandIn) -> None:
    questions = [said("dotacja na wymiane kopciucha", chat) for chat in range(1, 11) for _ in range(3)]
    for position in range(0, len(questions), 5):
        api.fail("sendMessage", [500, 429, CUT][position % 3], retry_after=1 if position % 3 == 1 else None)
        await deliver(list(reversed(questions[position : position + 5])))
    answered: Callable[[int], list[Any]] = lambda chat: api.made("sendMessage", chat)  # noqa: E731
    await api.seen(lambda: all(len(answered(chat)) >= 3 for chat in range(1, 11)))
    cut = sum(call.status == CUT for call in api.calls)
    assert sum(len(answered(chat)) for chat in range(1, 11)) <= 30 + cut
