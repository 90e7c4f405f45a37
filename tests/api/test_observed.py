"""Every request is counted by the template of its address, has an id, and stands in the log without its address."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO

import httpx2
import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import ASGIApp, Message

from api.app import create_app
from api.dependencies import Services
from api.metrics import metrics_router
from api.observed import Observed
from api.problems import install_problem_handlers
from core.logging import configure_logging
from core.metrics import Metrics
from hub.bootstrap import Foundation
from tests.fakes import FrozenClock

SECRET = "kQ7-sekret-w-adresie"
PROXIED = ("192.0.2.7", 0)
"""The caller as the server names one whom a trusted proxy told of."""


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[dict[str, object]]]]:
    """The lines that production writes."""
    root, written = logging.getLogger(), StringIO()
    handlers, level = root.handlers, root.level
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", written)
        configure_logging(json=True)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers = handlers
    root.setLevel(level)


def _app(metrics: Metrics, token: str = "") -> Observed:
    """A small application with the handlers of ours; its rooms lie behind a prefix, as those of the panel do."""
    rooms = APIRouter()

    @rooms.get("/pokoj/{key}")
    async def room(key: str) -> str:
        if key == "awaria":
            raise RuntimeError("pani Anna, tel. 501 234 567")
        return key

    @rooms.get("/strumien")
    async def stream() -> StreamingResponse:
        return StreamingResponse(iter([b":\n\n"]), media_type="text/event-stream")

    @rooms.post("/formularz")
    async def form(request: Request) -> int:
        return len(await request.body())

    async def error_page(_request: Request, status: int, detail: str) -> Response:
        return Response(detail, status)

    app = FastAPI()
    app.include_router(rooms, prefix="/panel")
    app.include_router(metrics_router(metrics, token))
    install_problem_handlers(app, error_page)
    return Observed(app, metrics.web, FrozenClock())


def _client(app: ASGIApp, caller: tuple[str, int] = ("127.0.0.1", 40000)) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False, client=caller)
    return httpx2.AsyncClient(transport=transport, base_url="http://hub.test")


async def _page(client: httpx2.AsyncClient, **headers: str) -> str:
    response = await client.get("/metrics", headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    return response.text


async def test_requests_are_counted_by_template(metrics: Metrics) -> None:
    async with _client(_app(metrics)) as client:
        for path in (f"/panel/pokoj/{SECRET}", "/panel/pokoj/awaria", f"/{SECRET}"):
            await client.get(path)
        page = await _page(client)
    assert 'hub_http_requests_total{method="GET",route="/panel/pokoj/{key}",status="200"} 1.0' in page
    assert 'hub_http_requests_total{method="GET",route="/panel/pokoj/{key}",status="500"} 1.0' in page
    assert 'hub_http_requests_total{method="GET",route="unknown",status="404"} 1.0' in page
    assert SECRET not in page


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_the_whole_product_is_observed_and_says_nothing_of_its_words(
    foundation: Foundation, services: Services, metrics: Metrics
) -> None:
    app = create_app(replace(services, metrics=metrics), [metrics_router(metrics, "")])
    async with _client(app) as client:
        await client.post("/api/v1/chat", json={"text": "jakie jest powietrze"})
        await client.get("/static/pages.css")
        page = await _page(client)
    answered = (await foundation.metrics.page()).decode()
    assert 'hub_http_request_seconds_count{method="POST",route="/api/v1/chat"} 1.0' in page
    assert 'hub_http_requests_total{method="GET",route="/static",status="200"} 1.0' in page
    assert 'hub_answers_total{channel="web",decision="answered",topic="air"} 1.0' in answered
    assert "hub_nlu_seconds_count 1.0" in answered
    assert "powietrze" not in page + answered


async def test_streams_are_counted_while_open_and_not_timed(metrics: Metrics) -> None:
    async with _client(_app(metrics)) as client:
        await client.get("/panel/strumien")
        page = await _page(client)
    assert 'hub_http_requests_total{method="GET",route="/panel/strumien",status="200"} 1.0' in page
    assert "hub_event_streams_open 0.0" in page
    assert 'hub_http_request_seconds_count{method="GET",route="/panel/strumien"}' not in page


async def test_an_odd_method_makes_no_new_figure(metrics: Metrics) -> None:
    async with _client(_app(metrics)) as client:
        for number in range(3):
            await client.request(f"ODD{number}", "/panel/strumien")
        page = await _page(client)
    assert 'method="OTHER"' in page
    assert "ODD" not in page


async def test_the_log_has_one_line_with_the_id_and_no_address(
    metrics: Metrics, log: Callable[[], list[dict[str, object]]]
) -> None:
    async with _client(_app(metrics)) as client:
        response = await client.get(f"/panel/pokoj/{SECRET}?telefon=501234567")
    (line,) = [entry for entry in log() if entry["event"] == "request"]
    assert line["route"] == "/panel/pokoj/{key}"
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "info")
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert SECRET not in str(log())
    assert "501" not in str({key: value for key, value in line.items() if key not in {"request_id", "timestamp"}})


async def test_a_caller_who_leaves_in_the_middle_is_no_failure(
    metrics: Metrics, log: Callable[[], list[dict[str, object]]]
) -> None:
    answered: list[Message] = []

    async def leave() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        answered.append(message)

    headers = [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"900")]
    scope = {"type": "http", "method": "POST", "path": "/panel/formularz", "query_string": b"", "headers": headers}
    await _app(metrics)(scope, leave, send)
    assert answered[0]["status"] == 499
    assert {entry["level"] for entry in log()} == {"info"}


async def test_a_failure_carries_the_id_and_nothing_personal(
    metrics: Metrics, log: Callable[[], list[dict[str, object]]]
) -> None:
    async with _client(_app(metrics)) as client:
        response = await client.get("/panel/pokoj/awaria")
    failed = next(entry for entry in log() if entry["event"] == "request failed")
    assert response.status_code == 500
    assert failed["request_id"] == response.headers["X-Request-ID"]
    assert "RuntimeError" in str(failed["exception"])
    assert "501 234 567" not in str(log())


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("4f1c9a7e2b6d48d0a1b2c3d4e5f60718", True),
        ("501234567501234567", False),
        ("x" * 65, False),
        ("a b\tc" * 5, False),
    ],
)
async def test_only_a_sane_id_of_our_proxy_is_taken(metrics: Metrics, given: str, is_taken: bool) -> None:
    async with _client(_app(metrics), PROXIED) as client:
        response = await client.get("/panel/strumien", headers={"X-Request-ID": given})
    assert (response.headers["X-Request-ID"] == given) is is_taken


async def test_a_stranger_cannot_choose_the_id(metrics: Metrics) -> None:
    given = "4f1c9a7e2b6d48d0a1b2c3d4e5f60718"
    async with _client(_app(metrics), ("192.0.2.7", 40000)) as client:
        response = await client.get("/panel/strumien", headers={"X-Request-ID": given})
    assert response.headers["X-Request-ID"] != given


async def test_nobody_from_outside(metrics: Metrics) -> None:
    async with _client(_app(metrics), PROXIED) as client:
        response = await client.get("/metrics")
    assert response.status_code == 404
    assert "hub_" not in response.text


async def test_nobody_through_a_proxy_on_this_machine(metrics: Metrics) -> None:
    async with _client(_app(metrics)) as client:
        assert (await client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"})).status_code == 404


async def test_who_bears_the_token_from_anywhere(metrics: Metrics) -> None:
    async with _client(_app(metrics, "t" * 32), PROXIED) as client:
        assert (await client.get("/metrics")).status_code == 404
        assert (await client.get("/metrics", headers={"Authorization": "Bearer something-else"})).status_code == 404
        assert "hub_answers" in await _page(client, Authorization=f"Bearer {'t' * 32}")


async def test_with_a_token_not_even_this_machine_without_it(metrics: Metrics) -> None:
    async with _client(_app(metrics, "t" * 32)) as client:
        assert (await client.get("/metrics")).status_code == 404
