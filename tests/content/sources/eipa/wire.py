"""The wire to EIPA: a body for each file, and a list of the files that were asked for."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
from pydantic import SecretStr

from content.sources.eipa import EipaClient
from core.clock import Clock
from core.http import http_client

RESPONSES = Path(__file__).parent / "responses"
BASE = "https://eipa.test/reader/export-data"
TOKEN = "Tajny-Zeton-0815"
GENERATED = "2026-11-23T19:00:02+01:00"

Reply = Callable[[httpx2.Request], httpx2.Response]


class EipaWire:
    """Answers each file with its reply; a file without one, and any other token, gets 404."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        for name in ("dictionary", "operator", "station"):
            self.serve(name, (RESPONSES / f"{name}_recorded.json").read_bytes())

    def serve(self, export: str, content: bytes | str, status: int = 200) -> None:
        self.replies[export] = lambda _request: httpx2.Response(status, content=content)

    def serve_rows(self, export: str, rows: list[Any], generated: str | None = GENERATED) -> None:
        self.serve(export, json.dumps({"data": rows} | ({"generated": generated} if generated else {})))

    def fail(self, export: str, error: Exception) -> None:
        def raise_it(_request: httpx2.Request) -> httpx2.Response:
            raise error

        self.replies[export] = raise_it

    def client(self, clock: Clock) -> EipaClient:
        transport = httpx2.MockTransport(self._answer)
        return EipaClient(http_client(BASE, timeout=10, transport=transport), SecretStr(TOKEN), clock)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        *_, export, token = request.url.path.split("/")
        self.asked.append(export)
        reply = self.replies.get(export)
        return reply(request) if reply and token == TOKEN else httpx2.Response(404)


def recorded(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((RESPONSES / f"{name}_recorded.json").read_bytes())["data"]
    return rows
