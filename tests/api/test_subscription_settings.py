"""A subscriber's own settings over HTTP, as another program of the city would use them."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx2
import pytest
from structlog.testing import capture_logs

from api.dependencies import Services
from hub.bootstrap import Foundation
from notifier.subscriptions.own_page import OwnPage
from tests.api.notifications import API, VERSION, Town, problem, sign_up, town

# The rules behind it are tested on both engines in tests/notifier.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
async def legnica(foundation: Foundation, services: Services) -> AsyncIterator[Town]:
    async with town(foundation, services) as opened:
        yield opened


@pytest.fixture
async def client(legnica: Town) -> AsyncIterator[httpx2.AsyncClient]:
    async with legnica.client() as opened:
        yield opened


async def test_settings_are_changed_one_by_one(client: httpx2.AsyncClient, legnica: Town) -> None:
    own = f"{API}/{await sign_up(client, legnica)}"
    until = (legnica.clock.now() + timedelta(days=7)).isoformat()
    for change, key, seen in (
        ({"level": 5}, "level", 5),
        ({"quiet_hours": {"from": "22:00", "until": "6:30"}}, "quiet_hours", {"from": "22:00", "until": "06:30"}),
        ({"paused_until": until}, "paused_until", "2026-11-30T19:30:00+01:00"),
        ({"level": None}, "level", None),
        ({"quiet_hours": None}, "quiet_hours", None),
        ({"paused_until": None}, "paused_until", None),
    ):
        changed = await client.patch(own, json=change)
        assert (changed.status_code, changed.json()[key]) == (200, seen), changed.text
        assert (await client.get(own)).json() == changed.json()
    await client.patch(own, json={"districts": []})
    assert await legnica.topics() == [("smog", ()), ("announcements", ())]
    await client.patch(own, json={"topics": ["events", "smog"], "text_version": VERSION})
    assert await legnica.topics() == [("smog", ()), ("events", ())]


async def test_a_topic_is_turned_off_without_reading_anything_and_on_only_with_the_present_text(
    client: httpx2.AsyncClient, legnica: Town
) -> None:
    own = f"{API}/{await sign_up(client, legnica)}"
    assert (await client.patch(own, json={"topics": ["smog"]})).status_code == 200
    assert "Treść zgody" in problem(await client.patch(own, json={"topics": ["smog", "events"]}), 409)
    assert await legnica.topics() == [("smog", ())]


async def test_a_setting_that_cannot_be_changes_nothing(client: httpx2.AsyncClient, legnica: Town) -> None:
    own = f"{API}/{await sign_up(client, legnica)}"
    before = (await client.get(own)).json()
    cases: list[tuple[dict[str, object], str]] = [
        ({"level": 9}, "Takiego progu smogu nie ma do wyboru."),
        ({"level": 3}, "Takiego progu smogu nie ma do wyboru."),
        ({"quiet_hours": {"from": "22:00", "until": "22:00"}}, "Proszę podać dwie różne godziny ciszy"),
        ({"quiet_hours": {"from": "25:00", "until": "6:00"}}, "Nie udało się odczytać danych."),
        ({"quiet_hours": {"from": "22:00"}}, "Nie udało się odczytać danych."),
        ({"paused_until": "2030-01-01T00:00:00Z"}, "Przerwa może trwać najwyżej 366 dni."),
        ({"paused_until": "2026-12-01T00:00:00"}, "Nie udało się odczytać danych."),
        ({"districts": ["atlantyda"]}, "Tej dzielnicy nie ma na liście."),
        ({"topics": ["pogoda"]}, "Proszę wybrać"),
        ({"topics": ["smog"], "districts": ["zosinek"]}, "Dzielnice wybiera się dla komunikatów miasta"),
        ({"colour": "red"}, "Nie udało się odczytać danych."),
    ]
    for change, sentence in cases:
        assert problem(await client.patch(own, json={"level": 5, **change}), 422).startswith(sentence)
        assert (await client.get(own)).json() == before


async def test_one_call_stops_everything(client: httpx2.AsyncClient, legnica: Town) -> None:
    own = f"{API}/{await sign_up(client, legnica)}"
    for _ in range(2):
        stopped = await client.delete(own)
        assert (stopped.status_code, stopped.content) == (204, b"")
    assert await legnica.topics() == []
    assert (await client.get(own)).json()["topics"] == []


async def test_another_sign_up_of_the_same_number_replaces_the_token(client: httpx2.AsyncClient, legnica: Town) -> None:
    first, second = await sign_up(client, legnica), await sign_up(client, legnica)
    assert "nie otwiera żadnych ustawień" in problem(await client.get(f"{API}/{first}"), 404)
    assert (await client.get(f"{API}/{second}")).status_code == 200
    for method in ("PATCH", "DELETE"):
        problem(await client.request(method, f"{API}/{first}", json={}), 404)


async def test_secrets_stay_out_of_caches_other_sites_and_logs(
    client: httpx2.AsyncClient, legnica: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = await sign_up(client, legnica)
    caplog.set_level(logging.DEBUG)

    async def fail(_self: OwnPage, _token: str) -> None:
        raise RuntimeError

    for response in (await client.get(f"{API}/{token}"), await client.get(f"{API}/invented")):
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["x-robots-tag"] == "noindex"
    monkeypatch.setattr(OwnPage, "show", fail)
    with capture_logs() as logged:
        assert (await client.get(f"{API}/{token}")).status_code == 500
    assert [entry["path"] for entry in logged if entry["event"] == "request failed"] == [f"{API}/{{token}}"]
    assert token not in str(logged)
    # What the test's own client logs is no log of ours.
    ours = [record for record in caplog.records if not record.name.startswith("http")]
    assert token not in "".join(record.getMessage() for record in ours)
