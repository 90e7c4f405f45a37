"""deploy/Caddyfile in front of two processes of pages: what residents and attackers meet."""

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import httpx2
import pytest

from tests.deploy.compose import load_compose
from tests.deploy.proxy import Proxy, running_proxy
from tests.fixtures.running import RunningHub, start_hub
from tests.fixtures.servers import fresh_database

pytestmark = [pytest.mark.long, pytest.mark.servers]


@pytest.fixture(scope="module")
def pages(
    postgres_url: str, migrated_template: str, valkey_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[RunningHub]]:
    """Two processes of pages in production, behind a proxy on this machine."""
    settings = {
        "HUB_PROFILE": "production",
        "SECRET_KEY": "x" * 40,
        "ENCRYPTION_KEYS": "y" * 40,
        "PUBLIC_URL": "https://localhost",
        "DATABASE_URL": fresh_database(postgres_url, migrated_template),
        "REDIS_URL": valkey_url,
        "NLU_URL": "http://127.0.0.1:9",
        "NLU_TOKEN": "t" * 40,
        "TRUSTED_PROXIES": "127.0.0.1",
        "CHAT_PER_MINUTE": "20",
    }
    started = [start_hub(tmp_path_factory.mktemp(name), "api", **settings) for name in ("one", "two")]
    try:
        for api in started:
            api.wait_until(partial(_answers, api), within=120)
        yield started
    finally:
        for api in started:
            api.process.kill()
            api.process.wait(10)


@pytest.fixture(scope="module")
def proxy(pages: list[RunningHub], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """The proxy before both of them."""
    upstreams = [api.url.removeprefix("http://") for api in pages]
    with running_proxy(tmp_path_factory.mktemp("proxy"), upstreams) as proxy:
        yield proxy


def _answers(api: RunningHub) -> bool:
    return api.status() in {"ok", "degraded"}


def _press(client: httpx2.Client, **headers: str) -> httpx2.Response:
    return client.post("/api/v1/chat", json={"button": "help"}, headers=headers)


def test_residents_are_led_to_tls_and_browsers_told_to_stay_there(proxy: Proxy) -> None:
    led = httpx2.get(f"{proxy.plain_url}/dane", follow_redirects=False, trust_env=False)
    assert (led.status_code, led.headers["Location"]) == (308, "https://localhost/dane")
    with proxy.client() as client:
        page = client.get("/")
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Server" not in page.headers
    assert page.headers.get_list("Content-Security-Policy") == [page.headers["Content-Security-Policy"]]


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/metrics/x", "/%6detrics"])
def test_figures_of_the_processes_stay_inside(proxy: Proxy, path: str) -> None:
    with proxy.client() as client:
        assert client.get(path).status_code == 404


def test_a_caller_cannot_pretend_to_be_many(proxy: Proxy) -> None:
    with proxy.client("127.0.0.2") as client:
        statuses = [_press(client, **{"X-Forwarded-For": f"192.0.2.{number}"}).status_code for number in range(12)]
    assert statuses[0] == 200
    assert 429 in statuses
    with proxy.client("127.0.0.3") as other:
        assert _press(other).status_code == 200


def test_what_never_ends_is_refused_and_closes_the_service_to_nobody(proxy: Proxy) -> None:
    with proxy.client() as client:
        assert client.post("/api/v1/chat", content=b"x" * 1_000_000).status_code == 413
        for _ in range(4):
            endless = client.post("/api/v1/chat", content=(b"x" * 1000 for _ in range(1000)))
            assert endless.status_code in {413, 502}
        assert client.get("/").status_code == 200


def test_live_events_pass_at_once(proxy: Proxy) -> None:
    with proxy.client() as client, client.stream("GET", "/api/v1/chat/events", timeout=20) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert next(stream.iter_raw()).startswith(b":")


def test_the_health_check_of_its_container_works(proxy: Proxy) -> None:
    if shutil.which("wget") is None:
        pytest.skip("wget is not installed")
    _, *command = load_compose().services["proxy"].healthcheck.test
    here = [word.replace("127.0.0.1:2019", proxy.admin) for word in command]
    assert here != command
    assert subprocess.run(here, check=False, timeout=30).returncode == 0
    nobody = [word.replace("127.0.0.1:2019", "127.0.0.1:9") for word in command]
    assert subprocess.run(nobody, check=False, timeout=30).returncode != 0


def test_nobody_notices_that_a_process_is_killed_and_all_are_told_when_none_is_left(
    proxy: Proxy, pages: list[RunningHub]
) -> None:
    stop, seen = threading.Event(), list[int]()

    def read_pages() -> None:
        with proxy.client("127.0.0.4") as client:
            while not stop.is_set():
                seen.append(client.get("/").status_code)

    readers = [threading.Thread(target=read_pages) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        _wait(lambda: len(seen) > 10)
        pages[0].process.kill()
        after = len(seen)
        pressed = [_press_from(proxy, f"127.0.1.{number}") for number in range(1, 11)]
        _wait(lambda: len(seen) > after + 20)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert set(seen) == {200}
    assert set(pressed) == {200}
    pages[1].process.kill()
    with proxy.client() as client:
        page = client.get("/?token=tajne")
    assert page.status_code in {502, 503}
    assert page.headers["Retry-After"] == "60"
    assert "Serwis jest chwilowo niedostępny" in page.text
    told = proxy.log.read_text()
    assert "connection refused" in told
    assert not [word for word in ("tajne", "127.0.0.4", "127.0.1.", "192.0.2.") if word in told]


def _press_from(proxy: Proxy, address: str) -> int:
    """Press a button as the widget does: under a key of its own."""
    with proxy.client(address) as client:
        return _press(client, **{"Idempotency-Key": address}).status_code


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
