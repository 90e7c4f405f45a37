"""The wire to GIOŚ: answers by path, and a list of what was asked."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import httpx2

from content.sources.gios import GiosClient
from core.clock import Clock
from core.http import http_client

RESPONSES = Path(__file__).parent / "responses"
BASE = "https://gios.test/pjp-api"

Reply = Callable[[httpx2.Request], httpx2.Response]


class GiosWire:
    """Answers each path with its reply; a path without one gets 404."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []

    def serve(self, path: str, content: bytes | str, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.replies[path] = lambda _request: httpx2.Response(status, content=content, headers=headers)

    def serve_file(self, path: str, name: str, status: int = 200) -> None:
        self.serve(path, (RESPONSES / name).read_bytes(), status)

    def serve_sensors(self, station: int, sensors: Iterable[tuple[int, str]]) -> None:
        rows = [
            {"Identyfikator stanowiska": number, "Identyfikator stacji": station, "Wskaźnik - kod": code}
            for number, code in sensors
        ]
        self.serve(
            f"/v1/rest/station/sensors/{station}", envelope("Lista stanowisk pomiarowych dla podanej stacji", rows)
        )

    def serve_values(self, sensor: int, values: Iterable[tuple[str, Any]]) -> None:
        rows = [{"Kod stanowiska": "X", "Data": time, "Wartość": value} for time, value in values]
        self.serve(f"/v1/rest/data/getData/{sensor}", envelope("Lista danych pomiarowych", rows))

    def serve_index(
        self, level: int | None, changes: dict[str, object] | None = None, *, time: str = "2026-11-23 19:00:00"
    ) -> None:
        body = json.loads((RESPONSES / "index_52_raw.json").read_bytes())
        index = body["AqIndex"]
        index.update({key: time for key in index if key.startswith("Data ")})
        index["Wartość indeksu"] = level
        index.update(changes or {})
        self.serve("/v1/rest/aqindex/getIndex/52", json.dumps(body))

    def client(self, clock: Clock) -> GiosClient:
        transport = httpx2.MockTransport(self._answer)
        return GiosClient(http_client(BASE, timeout=10, transport=transport), clock)

    def count(self, path: str) -> int:
        return self.asked.count(path)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/pjp-api")
        self.asked.append(path)
        reply = self.replies.get(path)
        return reply(request) if reply else httpx2.Response(404, json={"error_code": "API-ERR-1"})


def envelope(key: str, rows: list[dict[str, Any]], pages: int = 1) -> str:
    last = f"{BASE}/v1/rest/x?page={pages}&size=500"
    return json.dumps({"@context": {}, key: rows, "links": {"next": last}, "totalPages": pages})


def raise_connect_error(request: httpx2.Request) -> httpx2.Response:
    message = "connection refused"
    raise httpx2.ConnectError(message, request=request)
