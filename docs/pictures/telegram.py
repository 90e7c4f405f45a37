"""A talk on Telegram: what residents write is played to the bot, and what the bot sends is drawn as a chat."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import web

from docs.pictures.camera import PHONE_WIDTH, Camera
from docs.pictures.product import running

_TOKEN = "1:pictures"  # noqa: S105 - of nobody's bot
_CHAT, _RESIDENT = 1, {"id": 1, "is_bot": False, "first_name": "Anna"}
_BOT = {"id": 2, "is_bot": True, "first_name": "Asystent", "username": "asystent_bot"}
_QUESTIONS = ("moge dzis isc z malym na spacer?", "dotacja na wymiane kopciucha")
_LONG_POLL_SECONDS = 1
# An answer may come as several messages, one a second.
_QUIET_SECONDS = 3
_STYLE = """
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.4 "Source Sans 3", system-ui, sans-serif; background: #cfdfe8; color: #111 }
header { padding: 12px 16px; background: #2f6ea5; color: #fff; font-weight: 600 }
main { display: flex; flex-direction: column; gap: 8px; padding: 12px }
.said, .sent { max-width: 88%; border-radius: 14px; padding: 8px 12px; white-space: pre-line; overflow-wrap: anywhere }
.said { align-self: end; background: #e1fbcb }
.sent { align-self: start; background: #fff }
.sent img { display: block; width: 100%; border-radius: 8px; margin-bottom: 6px }
.row { display: flex; gap: 4px; width: 88% }
.row span { flex: 1; padding: 7px; border-radius: 10px; background: #5f87a6; color: #fff; text-align: center }
"""


@dataclass
class _BotApi:
    """As much of the Bot API as a talk needs: hands out what residents write, keeps what the bot shows as HTML."""

    url: str = ""
    shown: list[str] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def say(self, text: str) -> None:
        """Let the resident write; return when the bot has answered."""
        number = next(self._numbers)
        chat = {"id": _CHAT, "type": "private", "first_name": "Anna"}
        message = {"message_id": number, "date": 1795000000, "chat": chat, "from": _RESIDENT, "text": text}
        self.shown.append(f'<div class="said">{escape(text)}</div>')
        self.answered.clear()
        await self._waiting.put({"update_id": number, "message": message})
        await self.answered.wait()
        with suppress(TimeoutError):
            while True:
                self.answered.clear()
                await asyncio.wait_for(self.answered.wait(), _QUIET_SECONDS)

    async def call(self, request: web.Request) -> web.Response:
        """Serve one call of the bot."""
        result = await self._result(request.match_info["method"], dict(await request.post()))
        return web.json_response({"ok": True, "result": result})

    async def _result(self, method: str, values: dict[str, Any]) -> object:
        if method == "getUpdates":
            try:
                return [await asyncio.wait_for(self._waiting.get(), _LONG_POLL_SECONDS)]
            except TimeoutError:
                return []
        if method == "getMe":
            return _BOT
        if method.startswith("getMy"):
            return [] if method == "getMyCommands" else {"name": "", "description": "", "short_description": ""}
        if method not in {"sendMessage", "sendPhoto"}:
            return True
        self.shown.append(_drawn(values))
        self.answered.set()
        sent = {"message_id": next(self._numbers), "date": 1795000000, "chat": {"id": _CHAT, "type": "private"}}
        return {**sent, "from": _BOT, "text": "…"}


async def talk(taking: Camera, folder: Path) -> None:
    """Picture a talk on a phone, with a product of its own whose bot is served on loopback."""
    async with _served() as api:
        settings = {"TELEGRAM_BOT_TOKEN": _TOKEN, "TELEGRAM_API_BASE": api.url}
        async with running(folder, **settings):
            for question in _QUESTIONS:
                await api.say(question)
    page = await taking.open(PHONE_WIDTH, 900)
    chat = "\n".join(api.shown)
    await page.set_content(f"<style>{_STYLE}</style><header>Asystent mieszkańca</header><main>{chat}</main>")
    await taking.take(page, "telegram", tallest=1500)
    await page.context.close()


@asynccontextmanager
async def _served() -> AsyncIterator[_BotApi]:
    api, app = _BotApi(), web.Application(client_max_size=5_000_000)
    app.router.add_post("/bot{token}/{method}", api.call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    api.url = f"http://{host}:{port}"
    try:
        yield api
    finally:
        await runner.cleanup()


def _drawn(values: dict[str, Any]) -> str:
    """Return a message as HTML: the bot's own markup is HTML already."""
    photo = next((part for part in values.values() if isinstance(part, web.FileField)), None)
    picture = ""
    if photo:
        data = base64.b64encode(photo.file.read()).decode()
        picture = f'<img alt="" src="data:image/png;base64,{data}">'
    rows = json.loads(values.get("reply_markup", "{}")).get("inline_keyboard", [])
    keys = "".join(f'<div class="row">{"".join(map(_key, row))}</div>' for row in rows)
    return f'<div class="sent">{picture}{values.get("text") or values.get("caption", "")}</div>{keys}'


def _key(button: dict[str, str]) -> str:
    return f"<span>{escape(button['text'])}</span>"
