"""The wire to GIOŚ: answers by path, and a list of what was asked."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import httpx2

from content.sources.gios import GiosClient, RequestLimits, Sensor
from core.clock import Clock
from core.http import http_client

RESPONSES = Path(__file__).parent / "responses"
BASE = "https://gios.test/pjp-api"

INDEX = "/v1/rest/aqindex/getIndex/52"
VALUES = "/v1/rest/data/getData/900001"
DAY_MEANS = "/v1/rest/aggregate/getAggregatePm10Data"
EXCEEDANCES = "/v1/rest/levels/getInformationAboutExceeding"

STATION = "DsLegAlRzecz"
PM10 = Sensor.model_validate({"Identyfikator stanowiska": 900001, "Identyfikator stacji": 52, "Wskaźnik - kod": "PM10"})

Reply = Callable[[httpx2.Request], httpx2.Response]


class GiosWire:
    """Answers each path with its reply; a path without one gets 404."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.requests: list[httpx2.Request] = []

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
        self.serve(f"/v1/rest/data/getData/{sensor}", envelope("Lista danych pomiarowych", _rows(values)))

    def serve_archive(self, sensor: int, values: Iterable[tuple[str, Any]]) -> None:
        path = f"/v1/rest/archivalData/getDataBySensor/{sensor}"
        self.serve(path, envelope("Lista archiwalnych wyników pomiarów", _rows(values)))

    def serve_day_means(self, means: Iterable[tuple[str, Any]], code: str = "DsLegAlRzecz-PM10-1g") -> None:
        rows = [
            {
                "Województwo": "DOLNOŚLĄSKIE",
                "Kod stanowiska": code,
                "Powiat": "Legnica",
                "Data": f"{day} 00:00:00",
                "Maksimum ze średnich 8-godzinnych": value,
                "Średnia 24-godzinna z wyników 1-godzinnych": value,
            }
            for day, value in means
        ]
        self.serve(DAY_MEANS, envelope("Lista danych zagregowanych", rows))

    def serve_exceedances(self, *changes: dict[str, Any]) -> None:
        """Serve the constructed notice of 20 January 2026, once for each set of changed fields."""
        body = json.loads((RESPONSES / "exceedances_CONSTRUCTED.json").read_text(encoding="utf-8"))
        rows = [body["Przekroczenia"][0] | change for change in changes]
        self.serve(EXCEEDANCES, envelope("Przekroczenia", rows))

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
        return GiosClient(
            http_client(BASE, timeout=10, transport=transport), clock, limits=RequestLimits(clock, _no_waiting)
        )

    def count(self, path: str) -> int:
        return self.asked.count(path)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/pjp-api")
        self.asked.append(path)
        self.requests.append(request)
        reply = self.replies.get(path)
        return reply(request) if reply else httpx2.Response(404, json={"error_code": "API-ERR-1"})


async def _no_waiting(_seconds: float) -> None:
    """Time stands still in a test, so nothing is gained by waiting."""


def _rows(values: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    return [{"Kod stanowiska": "DsLegAlRzecz-PM10-1g", "Data": time, "Wartość": value} for time, value in values]


def envelope(key: str, rows: list[dict[str, Any]], pages: int = 1) -> str:
    last = f"{BASE}/v1/rest/x?page={pages}&size=500"
    return json.dumps({"@context": {}, key: rows, "links": {"next": last}, "totalPages": pages})


def raise_connect_error(request: httpx2.Request) -> httpx2.Response:
    message = "connection refused"
    raise httpx2.ConnectError(message, request=request)
