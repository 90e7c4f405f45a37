"""The production profile: roles in processes of their own on PostgreSQL and Valkey; nothing of the demo exists."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.fixtures.running import START_WITHIN, RunningHub, start_hub
from tests.fixtures.servers import fresh_database

pytestmark = [pytest.mark.rasa, pytest.mark.servers]


@pytest.fixture(scope="module")
def api(
    rasa_model: Path, postgres_url: str, valkey_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningHub]:
    """`hub api` and `hub scheduler` on one empty database; both must end in order."""
    folder = tmp_path_factory.mktemp("production")
    settings = {
        "HUB_PROFILE": "production",
        "SECRET_KEY": "x" * 40,
        "ENCRYPTION_KEYS": "y" * 40,
        "PUBLIC_URL": "https://asystent.example.pl",
        "DATABASE_URL": fresh_database(postgres_url),
        "REDIS_URL": valkey_url,
        "CHAT_PER_MINUTE": "20",
    }
    api, scheduler = start_hub(folder, "api", **settings), None
    try:
        api.wait_until(lambda: api.status() == "ok", within=START_WITHIN)
        scheduler = start_hub(folder, "scheduler", **settings)
        scheduler.wait_until(lambda: "gios_refresh_failed" in scheduler.log.read_text(), within=START_WITHIN)
        yield api
    finally:
        assert api.stop() == 0
        assert scheduler is None or scheduler.stop() == 0


def test_without_live_data_nothing_is_made_up(api: RunningHub) -> None:
    answer = api.ask(text="jakie jest powietrze?")["answers"][0]
    assert "Nie mam teraz aktualnych danych" in answer["text"]
    assert answer["facts"] == []
    assert "rzykładowe" not in str(answer)


def test_the_page_shows_nothing_of_the_demo(api: RunningHub) -> None:
    page = httpx2.get(api.url, timeout=60).text
    assert "Wersja pokazowa" not in page
    assert "Nie ma teraz aktualnego odczytu" in page


def test_each_caller_behind_the_proxy_has_a_limit_of_its_own(api: RunningHub) -> None:
    def ask(caller: str) -> int:
        headers = {"X-Forwarded-For": caller}
        turn = {"button": "help"}
        return httpx2.post(f"{api.url}/api/v1/chat", json=turn, headers=headers, timeout=60).status_code

    assert [ask("192.0.2.1") for _ in range(6)] == [200] * 5 + [429]
    assert ask("192.0.2.2") == 200


def test_the_log_is_json_without_addresses(api: RunningHub) -> None:
    lines = [line for line in api.log.read_text().splitlines() if line.startswith("{")]
    assert all(line.endswith("}") for line in lines)
    assert "192.0.2" not in api.log.read_text()
