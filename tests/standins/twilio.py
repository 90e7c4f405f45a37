"""A stand-in for Twilio's Messages API on loopback: records messages, fails on order, judges every call by the spec."""

import asyncio
import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Self
from urllib.parse import parse_qsl

from aiohttp import web

from tests.standins.twilio_spec import MessagesSpec

ACCOUNT, TOKEN = "AC" + "0123456789abcdef" * 2, "stand-in-token"


@dataclass(frozen=True)
class Refusal:
    """An answer with an error, with Twilio's own code unless it is None."""

    status: int
    code: int | None = None
    has_problem_type: bool = False
    """Whether it comes in the newer shape of RFC 9457."""


@dataclass
class TwilioStandIn:
    """The server; use it as a context, then look at `messages` and `violations`."""

    messages: list[dict[str, str]] = field(default_factory=list)
    """The parameters of every message that was accepted."""
    violations: list[str] = field(default_factory=list)
    calls: int = 0
    refusal: Refusal | None = None
    """What every call is answered with instead."""
    refuses_sending: Refusal | None = None
    """What only calls that send are answered with instead."""
    accepts_and_hangs: bool = False
    accepts_and_closes: bool = False
    latency: float = 0.0
    """Seconds until each answer."""
    kept: list[dict[str, Any]] = field(default_factory=list)
    """Every accepted message as Twilio lists it; change its `status` and `error_code` to let it arrive or fail."""
    queries: list[dict[str, str]] = field(default_factory=list)
    """The filters of each question about messages."""

    async def __aenter__(self) -> Self:
        self._spec = MessagesSpec.load()
        self._released = asyncio.Event()
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Close the server, and with it what hangs; calling it again does nothing."""
        self._released.set()
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        await asyncio.sleep(self.latency)
        if request.method == "GET":
            return self._tell(request)
        form = parse_qsl((await request.read()).decode(), keep_blank_values=True)
        problems = [] if request.method == "POST" else [f"the method is {request.method}"]
        problems += self._spec.problems(request.path, request.headers.get("Content-Type", ""), form)
        credentials = _credentials(request.headers.get("Authorization", ""))
        problems += [] if credentials else ["there is no basic authentication"]
        self.violations += problems
        refusal = self._refusal(problems, credentials, request.path) or self.refuses_sending
        if refusal:
            return web.json_response(_error(refusal), status=refusal.status)
        return await self._accept(request, dict(form))

    def _refusal(self, problems: list[str], credentials: str | None, path: str) -> Refusal | None:
        if problems:
            return Refusal(400, 20001)
        if credentials != f"{ACCOUNT}:{TOKEN}":
            return Refusal(401, 20003)
        if f"/{ACCOUNT}/" not in path:
            return Refusal(404, 20404)
        return self.refusal

    async def _accept(self, request: web.Request, message: dict[str, str]) -> web.StreamResponse:
        self.messages.append(message)
        sid = f"SM{len(self.messages):032x}"
        resource = self._keep(sid, message)
        if self.accepts_and_hangs:
            await self._released.wait()
        if self.accepts_and_closes and request.transport:
            request.transport.abort()
        return web.json_response(resource, status=201)

    def _keep(self, sid: str, message: dict[str, str]) -> dict[str, Any]:
        now = format_datetime(datetime.now(UTC))
        resource = self._spec.created(
            sid=sid,
            account_sid=ACCOUNT,
            to=message["To"],
            body=message["Body"],
            date_created=now,
            date_updated=now,
            date_sent=now,
            direction="outbound-api",
        )
        self.kept.append(resource)
        return resource

    def keep_other(self, sid: str, at: datetime, direction: str, **fields: str) -> None:
        """Keep a message that no call to this API made: one of a resident, or our webhook's answer to it."""
        moment = format_datetime(at)
        dates = {"date_created": moment, "date_updated": moment, "date_sent": moment}
        self.kept.append(self._spec.created(sid=sid, account_sid=ACCOUNT, direction=direction, **dates, **fields))

    def _tell(self, request: web.Request) -> web.StreamResponse:
        """Answer a question about one message or about those that a filter finds."""
        problems = self._spec.query_problems(request.path, list(request.query.items()))
        credentials = _credentials(request.headers.get("Authorization", ""))
        self.violations += problems
        refusal = self._refusal(problems, credentials, request.path)
        if refusal:
            return web.json_response(_error(refusal), status=refusal.status)
        wanted = request.path.rpartition("/")[2].removesuffix(".json")
        if wanted != "Messages":
            found = [one for one in self.kept if one["sid"] == wanted]
            missing = _error(Refusal(404, 20404))
            return web.json_response(found[0] if found else missing, status=200 if found else 404)
        self.queries.append(dict(request.query))
        listed = [one for one in self.kept if one["to"] == request.query.get("To", one["to"])]
        return web.json_response({"messages": listed[::-1], "next_page_uri": None, "page": 0, "page_size": 50})


def _credentials(header: str) -> str | None:
    scheme, _, value = header.partition(" ")
    try:
        return base64.b64decode(value, validate=True).decode() if scheme == "Basic" else None
    except ValueError:
        return None


def _error(refusal: Refusal) -> dict[str, Any]:
    code = {} if refusal.code is None else {"code": refusal.code}
    if refusal.has_problem_type:
        return {"type": "about:blank", "title": "Refused", "status": refusal.status, **code}
    return {"message": "Refused", "more_info": "", "status": refusal.status, **code}
