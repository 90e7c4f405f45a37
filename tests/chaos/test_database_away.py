"""While the database is away: who is in danger is answered, everybody else hears when to try again."""

from collections.abc import Callable

import httpx2
import pytest
from sqlalchemy import event
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from core.database import Database

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

_FAULTS: dict[str, Callable[[], Exception]] = {
    "away": lambda: OperationalError("the server closed the connection", None, OSError()),
    "cut": lambda: InterfaceError("the connection is closed", None, OSError()),
    "exhausted": lambda: NoConnectionError("all connections are in use"),
}


@pytest.fixture
def fault() -> str:
    return "away"


@pytest.fixture
def away(fault: str, web: httpx2.AsyncClient, database: Database) -> httpx2.AsyncClient:
    """A client of the application, whose database is away from now on."""

    def fail(*_: object) -> None:
        error = _FAULTS[fault]()
        raise error

    event.listen(database.engine.sync_engine, "begin", fail)
    return web


@pytest.mark.parametrize("fault", _FAULTS)
async def test_a_question_is_refused_with_a_time_to_try_again(
    away: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    refused = await away.post("/api/v1/chat", json={"button": "help"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert "Proszę spróbować za minutę" in refused.json()["detail"]
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("conversation", [None, "znana-rozmowa"])
async def test_danger_is_answered_all_the_same(away: httpx2.AsyncClient, conversation: str | None) -> None:
    said = await away.post("/api/v1/chat", json={"text": "czuję gaz w mieszkaniu", "conversation": conversation})
    assert said.status_code == 200
    assert "112" in said.json()["answers"][0]["text"]
    assert said.json()["conversation"] == (conversation or said.json()["conversation"])


async def test_the_pages_say_it_to_people(away: httpx2.AsyncClient) -> None:
    page = await away.get("/", headers={"Accept": "text/html"})
    assert page.status_code in {200, 503}
    assert "112" in page.text
    assert (await away.get("/health/live")).status_code == 200
