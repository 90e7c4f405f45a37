"""A stand-in for the Bot API on loopback: holds updates, records calls, fails on order, refuses what the API would."""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from tests.standins.telegram_chats import SHOWING, Chats
from tests.standins.telegram_form import Form, form_of
from tests.standins.telegram_spec import BotApiSpec, visible

TOKEN = "123456:stand-in"
BOT = {"id": 123456, "is_bot": True, "first_name": "Asystent", "username": "asystent_test_bot"}
CUT = 0
"""A status that no server gives: the call is served, then the connection ends in the middle of the answer."""
# Longer than a lease: what an attempt loses on a busy machine comes with the next one.
_SETTLED_WITHIN_SECONDS = 120


@dataclass(frozen=True)
class Call:
    """One call as it came, its parameters decoded; `files` holds what was uploaded by the name it is attached under."""

    method: str
    values: dict[str, Any]
    status: int
    files: dict[str, bytes] = field(default_factory=dict)
    message_id: int | None = None
    at: float = field(default_factory=time.monotonic)

    @property
    def text(self) -> str:
        """The text as the resident sees it."""
        if self.method == "sendVenue":
            return f"{self.values['title']}\n{self.values['address']}"
        return visible(self.values.get("text", self.values.get("caption", "")))[0]

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """The inline buttons: title and callback data."""
        rows = self.values.get("reply_markup", {}).get("inline_keyboard", [])
        return [(button["text"], button["callback_data"]) for row in rows for button in row]

    @property
    def picture(self) -> bytes:
        """The uploaded photo."""
        return self.files[self.values["photo"].removeprefix("attach://")]


@dataclass
class _Fault:
    method: str
    status: int
    parameters: dict[str, int]
    description: str
    left: int


@dataclass
class TelegramStandIn:
    """The server; use it as a context, then look at `calls` and `violations`."""

    calls: list[Call] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    webhook: str = "left over from yesterday"

    def __enter__(self) -> Self:
        self._spec = BotApiSpec.load()
        self._news: asyncio.Event | None = None
        self.reset()
        self._changed = threading.Condition()
        config = uvicorn.Config(
            self._app(), host="127.0.0.1", port=0, log_config=None, lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(),), daemon=True)
        self._thread.start()
        self.wait_until(lambda: self._server.started)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        # Who still waits for updates would hold up the end.
        self._wake()
        self._thread.join(_SETTLED_WITHIN_SECONDS)

    def reset(self) -> None:
        """Forget everything that was held, called and ordered; who still waits for updates gets none."""
        self._run = object()
        self.calls, self.violations, self.webhook = [], [], "left over from yesterday"
        self._updates: list[dict[str, Any]] = []
        self._faults: list[_Fault] = []
        self._stalled: dict[int, asyncio.Event] = {}
        self.chats = Chats(BOT)
        self._presses: set[str] = set()
        self._wake()

    def queue(self, *updates: dict[str, Any]) -> None:
        """Hold updates for getUpdates."""
        with self._changed:
            self._updates += updates
            self._presses |= {update["callback_query"]["id"] for update in updates if "callback_query" in update}
        self._wake()

    def fail(
        self,
        method: str,
        status: int,
        *,
        times: int = 1,
        retry_after: int | None = None,
        moved_to: int | None = None,
        said: str = "",
    ) -> None:
        """Answer the next calls of a method with an error; the status CUT serves them and loses the answer."""
        named = {"retry_after": retry_after, "migrate_to_chat_id": moved_to}
        parameters = {name: value for name, value in named.items() if value is not None}
        self._faults.append(_Fault(method, status, parameters, said or f"error {status}", times))

    def stall(self, chat: int) -> None:
        """Let every call that shows something in a chat wait until `release`."""
        self._stalled[chat] = asyncio.Event()

    def release(self, chat: int) -> None:
        """Let the calls of a stalled chat go on."""
        self._loop.call_soon_threadsafe(self._stalled.pop(chat).set)

    def made(self, method: str | None = None, chat: int | None = None) -> list[Call]:
        """Return the calls that were served: of a method, else all that show something; to one chat if it is given."""
        wanted = SHOWING if method is None else {method}
        served = [call for call in self.calls if call.method in wanted and call.status in {200, CUT}]
        return [call for call in served if chat is None or call.values.get("chat_id") == chat]

    @property
    def held(self) -> int:
        """How many updates are not confirmed yet."""
        return len(self._updates)

    def wait_until(self, seen: Callable[[], bool]) -> None:
        """Wait for the other side's calls to make something true."""
        with self._changed:
            assert self._changed.wait_for(seen, _SETTLED_WITHIN_SECONDS), "what was waited for did not come"

    async def seen(self, true: Callable[[], bool]) -> None:
        """Wait like `wait_until` while the event loop runs on."""
        await asyncio.to_thread(self.wait_until, true)

    def _wake(self) -> None:
        if self._news and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        serving = asyncio.create_task(self._server.serve())
        while not self._server.started and not serving.done():  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.01)
        with self._changed:
            self._changed.notify_all()
        await serving

    def _app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        @app.post("/bot{token}/{method}")
        async def call(token: str, method: str, request: Request) -> Response:
            if token != TOKEN:
                return _error(401, "Unauthorized")
            form = form_of(request.headers.get("content-type", ""), await request.body())
            return await self._answer(method, form)

        return app

    async def _answer(self, method: str, form: Form) -> Response:
        problems, run = self._spec.problems(method, form.fields), self._run
        values = {} if problems else self._spec.decoded(method, form.fields)
        if method in SHOWING and (gate := self._stalled.get(values.get("chat_id", 0))):
            await gate.wait()
        fault = next((f for f in self._faults if f.method == method and f.left > 0), None)
        if fault:
            fault.left -= 1
        if problems:
            response: Response = _error(400, "; ".join(problems))
        elif fault and fault.status != CUT:
            response = _error(fault.status, fault.description, fault.parameters)
        else:
            response = await self._result(method, values)
        with self._changed:
            if run is self._run:
                status = CUT if fault and fault.status == CUT else response.status_code
                shown = self.chats.last_id if method in SHOWING and response.status_code == 200 else None
                self.violations += problems
                self.calls.append(Call(method, values or dict(form.fields), status, form.files, shown))
            self._changed.notify_all()
        if fault and fault.status == CUT:
            return Response(b"{", headers={"Content-Length": "99"}, media_type="application/json")
        return response

    async def _result(self, method: str, values: dict[str, Any]) -> Response:
        if method == "getUpdates":
            return JSONResponse({"ok": True, "result": await self._fetched(values)})
        if method in {"deleteWebhook", "setWebhook"}:
            self.webhook = values.get("url", "")
        if method == "answerCallbackQuery" and values["callback_query_id"] not in self._presses:
            return _error(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        result = self.chats.result(method, values)
        return _error(400, f"Bad Request: {result}") if isinstance(result, str) else _ok(result)

    async def _fetched(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Forget what is confirmed, then wait for updates as long as was asked."""
        assert self._news
        with self._changed:
            self._updates = [u for u in self._updates if u["update_id"] >= values.get("offset", 0)]
            self._changed.notify_all()
        if not self._updates:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), values.get("timeout", 0))
            except TimeoutError:
                return []
        return self._updates[: values.get("limit", 100)]


def _ok(result: object) -> JSONResponse:
    return JSONResponse({"ok": True, "result": result})


def _error(status: int, description: str, parameters: dict[str, int] | None = None) -> JSONResponse:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return JSONResponse(body, status)
