"""A bot that is killed between receipt and answer: whoever was heard is answered, only what was in flight repeats."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx2
import pytest

from tests.bot.telegram.updates import Json, said
from tests.fixtures.running import ROOT, free_port
from tests.standins.telegram import TOKEN, TelegramStandIn

pytestmark = pytest.mark.long

SECRET = "s3cret-s3cret"
CHATS = range(1, 41)
# Each word has an answer of one message; so it begins.
ANSWERS = {"kopciuch": "Potwierdzone dotacje", "konkurs": "Czyste Powietrze: ", "urzad": "Urząd Miasta"}
KILLED_AFTER_ANSWERS = (10, 45, 80)


class DoomedBot:
    """A bot process on a database of its own."""

    def __init__(self, folder: Path, api: TelegramStandIn, mode: str) -> None:
        self.database = folder / "hub.db"
        self._mode = mode
        self._port = free_port()
        settings = {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "VAR_DIR": str(folder),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_BASE": api.url,
            "TELEGRAM_MODE": mode,
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "PUBLIC_URL": "https://asystent.example",
        }
        command = [sys.executable, "-m", "tests.bot.telegram.doomed_bot", str(self._port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings)

    async def deliver(self, api: TelegramStandIn, updates: Sequence[Json]) -> None:
        """Bring updates until the bot has confirmed all; a webhook that does not answer is called again."""
        if self._mode == "polling":
            api.queue(*updates)
            await _until(lambda: not api.held)
            return
        async with httpx2.AsyncClient(headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}) as telegram:
            for update in updates:
                while not await self._is_taken(telegram, update):  # noqa: ASYNC110 - another process starts
                    await asyncio.sleep(0.1)

    async def _is_taken(self, telegram: httpx2.AsyncClient, update: Json) -> bool:
        try:
            response = await telegram.post(f"http://127.0.0.1:{self._port}/webhooks/telegram", json=update)
        except httpx2.TransportError:
            return False
        return response.status_code == 200

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(60)

    def end_leases(self) -> int:
        """Let the leases of the killed process end now; return how many answers it had begun."""
        with sqlite3.connect(self.database) as connection:
            past = "UPDATE telegram_updates SET due_at = '2020-01-01 00:00:00' WHERE state = 'answering'"
            return connection.execute(past).rowcount


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(180):
        while not true():  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.02)


def _answers(api: TelegramStandIn) -> Counter[tuple[int, str]]:
    """Return how often each chat read the answer to each of its questions."""
    return Counter(
        (call.values["chat_id"], next(word for word, said_ in ANSWERS.items() if call.text.startswith(said_)))
        for call in api.made("sendMessage")
    )


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_whoever_was_heard_is_answered_after_three_kills(mode: str, tmp_path: Path) -> None:
    wanted = {(chat, word) for chat in CHATS for word in ANSWERS}
    begun = 0
    with TelegramStandIn() as api:
        bot = DoomedBot(tmp_path, api, mode)
        try:
            await bot.deliver(api, [said(word, chat) for word in ANSWERS for chat in CHATS])
            for answers in KILLED_AFTER_ANSWERS:
                await _until(lambda least=answers: len(api.made("sendMessage")) >= least)  # type: ignore[misc]
                bot.kill()
                begun += bot.end_leases()
                bot = DoomedBot(tmp_path, api, mode)
            await _until(lambda: _answers(api).keys() == wanted)
            bot.process.terminate()
            assert bot.process.wait(60) == 0
        finally:
            bot.process.kill()
        assert begun, "every kill came between two answers: nothing was shown"
        assert (_answers(api) - Counter(wanted)).total() <= begun
        assert max(_answers(api).values()) <= 1 + len(KILLED_AFTER_ANSWERS)
        assert api.violations == []
