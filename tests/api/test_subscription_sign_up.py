"""Sign-up over HTTP, as another program of the city would use it."""

import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx2
import pytest
from structlog.testing import capture_logs

from api.dependencies import Services
from core.settings import Settings
from hub.bootstrap import Foundation
from notifier.channels.base import Unanswered
from notifier.subscriptions.models import ConsentRow
from tests.api.notifications import API, OTHER, PHONE, SIGN_UP, VERSION, Town, ask_for_code, problem, sign_up, town

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


async def test_the_text_that_is_agreed_to_has_the_version_that_is_logged(client: httpx2.AsyncClient) -> None:
    shown = (await client.get(API)).json()
    texts = "\n".join([shown["consent"], *(topic["text"] for topic in shown["topics"])])
    # A new text needs a new version: change both here.
    assert (shown["text_version"], hashlib.sha256(texts.encode()).hexdigest()[:16]) == (VERSION, "caccf1e1003e5d9a")


async def test_from_the_number_to_the_own_page(client: httpx2.AsyncClient, legnica: Town) -> None:
    asked = await client.post(API, json=SIGN_UP)
    assert (asked.status_code, asked.json()["minutes"]) == (202, 10)
    assert asked.json()["text"] == "Na podany numer wysłano SMS z kodem. Kod jest ważny 10 min."
    assert await legnica.topics() == []
    assert await legnica.called() == ["+48512345678"]

    code = await legnica.code()
    confirmed = await client.post(f"{API}/{asked.json()['ticket']}/confirm", json={"code": f" {code[:3]} {code[3:]} "})
    token = confirmed.json()["token"]
    assert confirmed.json()["url"].endswith(f"/powiadomienia/{token}")
    assert await legnica.topics() == [("smog", ()), ("announcements", ("piekary",))]
    shown = (await client.get(f"{API}/{token}")).json()
    assert shown == confirmed.json()["subscription"]
    assert (shown["channel"], shown["address"], shown["level"]) == ("sms", "+48 *** *** 678", None)
    assert [topic["id"] for topic in shown["topics"]] == ["smog", "announcements"]
    assert shown["topics"][0]["since"] == "2026-11-23T19:30:00+01:00"


async def test_the_log_of_consents_names_the_text_that_was_shown(client: httpx2.AsyncClient, legnica: Town) -> None:
    shown = (await client.get(API)).json()
    assert "Zgoda jest dobrowolna" in shown["consent"]
    assert {topic["id"] for topic in shown["topics"]} == {"smog", "announcements", "events"}
    assert {"id": "piekary", "name": "Piekary"} in shown["districts"]
    assert [level["level"] for level in shown["levels"]] == [4, 5]
    await sign_up(client, legnica)
    async with legnica.database.read() as session:
        row = await session.get_one(ConsentRow, 1)
    assert (row.text_version, row.source, row.action) == (shown["text_version"], "web", "given")
    old = await client.post(API, json={**SIGN_UP, "text_version": "web-2020-01-01"})
    assert "Treść zgody zmieniła się" in problem(old, 409)


async def test_a_known_number_is_answered_like_a_stranger(client: httpx2.AsyncClient, legnica: Town) -> None:
    await sign_up(client, legnica)
    known, stranger = [await client.post(API, json={**SIGN_UP, "phone": phone}) for phone in (PHONE, OTHER)]
    assert known.status_code == stranger.status_code
    assert known.json().keys() == stranger.json().keys()
    assert len(known.json()["ticket"]) == len(stranger.json()["ticket"])
    assert {**known.json(), "ticket": ""} == {**stranger.json(), "ticket": ""}


async def test_nobody_waits_for_the_provider_nor_learns_that_it_failed(
    client: httpx2.AsyncClient, legnica: Town
) -> None:
    legnica.sms.may_answer.clear()
    with capture_logs() as logged:
        ticket = await ask_for_code(client)
        legnica.sms.default = Unanswered("timeout")
        legnica.sms.may_answer.set()
        assert (await client.post(f"{API}/{ticket}/code")).status_code == 202
        await client.get(API)
    assert len(await legnica.called()) == 2
    assert {entry["event"] for entry in logged} == {"not sent", "request"}
    assert "512345678" not in str(logged)
    assert await legnica.code() not in str(logged)


async def test_a_wrong_code_says_how_many_tries_are_left(client: httpx2.AsyncClient, legnica: Town) -> None:
    ticket = await ask_for_code(client)
    wrong = {"code": await legnica.wrong_code()}
    details = [problem(await client.post(f"{API}/{ticket}/confirm", json=wrong), 422) for _ in range(4)]
    assert details == [f"To nie jest ten kod. Pozostałe próby: {left}." for left in (4, 3, 2, 1)]
    for code in (wrong, {"code": await legnica.code()}):
        ended = await client.post(f"{API}/{ticket}/confirm", json=code)
        assert problem(ended, 410) == "Ten kod już nie działa. Proszę poprosić o nowy kod."
    assert await legnica.topics() == []
    assert "wpisać kod" in problem(await client.post(f"{API}/{ticket}/confirm", json={"code": " "}), 422)


async def test_a_code_is_sent_again_but_not_without_end(client: httpx2.AsyncClient, legnica: Town) -> None:
    ticket = await ask_for_code(client)
    for _ in range(2):
        assert (await client.post(f"{API}/{ticket}/code")).json()["ticket"] == ticket
    refused = await client.post(f"{API}/{ticket}/code")
    assert "Kodów było już za dużo." in problem(refused, 429)
    assert int(refused.headers["retry-after"]) > 0
    assert (await client.post(f"{API}/{ticket}/confirm", json={"code": await legnica.code()})).status_code == 200


async def test_an_old_or_invented_ticket_is_over(client: httpx2.AsyncClient, legnica: Town) -> None:
    ticket = await ask_for_code(client)
    legnica.clock.advance(timedelta(minutes=10))
    for name, code in ((ticket, await legnica.code()), ("invented", "123456")):
        problem(await client.post(f"{API}/{name}/confirm", json={"code": code}), 410)
        problem(await client.post(f"{API}/{name}/code"), 410)


async def test_a_number_that_gets_no_sms_is_told_why(client: httpx2.AsyncClient, legnica: Town) -> None:
    for phone, sentence in (
        ("76 721 21 00", "To jest numer stacjonarny"),
        ("700 123 456", "Ten numer ma podwyższoną opłatę"),
        ("+49 1512 3456789", "To jest numer zagraniczny"),
        ("123", "To nie jest numer polskiego telefonu komórkowego"),
        ("nie podam", "To nie jest numer polskiego telefonu komórkowego"),
        ("  ", "Proszę podać numer telefonu komórkowego."),
    ):
        assert problem(await client.post(API, json={**SIGN_UP, "phone": phone}), 422).startswith(sentence)
    assert await legnica.called() == []


async def test_what_is_missing_is_told_in_polish(client: httpx2.AsyncClient, legnica: Town) -> None:
    cases: list[tuple[dict[str, object], str]] = [
        ({"topics": []}, "Proszę wybrać co najmniej jeden temat."),
        ({"topics": ["pogoda"]}, "Proszę wybrać co najmniej jeden temat."),
        ({"districts": ["atlantyda"]}, "Tej dzielnicy nie ma na liście."),
        ({"consent": False}, "Bez zgody nie można wysyłać powiadomień."),
        ({"consent": None}, "Nie udało się odczytać danych."),
        ({"phone": "5" * 41}, "Nie udało się odczytać danych."),
        ({"colour": "red"}, "Nie udało się odczytać danych."),
    ]
    for changes, sentence in cases:
        assert problem(await client.post(API, json={**SIGN_UP, **changes}), 422).startswith(sentence)
    assert await legnica.called() == []


async def test_the_visitors_of_another_site_are_not_made_to_send_codes(legnica: Town) -> None:
    cases: list[tuple[dict[str, str], int]] = [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://hub.test"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 202),
        ({"Origin": "http://hub.test"}, 202),
        ({}, 202),
    ]
    for headers, status in cases:
        async with legnica.client(**headers) as client:
            assert (await client.post(API, json=SIGN_UP)).status_code == status, headers
            # To come by a link from there is another thing.
            assert (await client.get(API)).status_code == 200
    assert len(await legnica.called()) == 3


async def test_without_sms_nobody_can_sign_up_by_it(foundation: Foundation, services: Services) -> None:
    settings = Settings(
        hub_profile="production",
        secret_key="s" * 40,
        encryption_keys="e" * 40,
        public_url="https://miasto.example",
        database_url="postgresql://nowhere/hub",
        redis_url="redis://nowhere",
    )
    async with town(foundation, services, settings) as quiet, quiet.client() as client:
        assert "nie jest teraz możliwy" in problem(await client.post(API, json=SIGN_UP), 503)
        assert await quiet.called() == []
