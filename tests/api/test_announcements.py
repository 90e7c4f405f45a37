"""Announcements over HTTP: a key writes and runs what a person approves."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from api.announcements import KeyHolder, announcements_router
from api.app import create_app
from api.dependencies import Services
from core.staff.actor import CONSOLE, Actor
from core.staff.api_keys import ApiKeys
from core.staff.permissions import KEY_SCOPES, Permission
from notifier.announcements.sending import Sending
from notifier.announcements.states import Action
from tests.notifier.announcements.office import NEWS, PIOTR, Office
from tests.notifier.deliveries.world import ScriptedChannel, World, world

__all__ = ["world"]

KEY, READ_KEY, PATH = "klucz-miasta", "klucz-tablicy", "/api/v1/announcements"
TEXTS: dict[str, Any] = {"title": NEWS.title, "body": NEWS.body}
STEPS = ("submit", "approve", "schedule", "publish", "pause", "resume", "cancel")


@pytest.fixture
def office(world: World) -> Office:
    return Office(world.database, world.redis, world.clock)


@pytest.fixture
async def holder(world: World) -> KeyHolder:
    """The keys of the panel, of which one is the client's, and one may only read."""
    keys = ApiKeys(world.database, world.clock)
    known = {
        KEY: await keys.create(CONSOLE, "miasto", KEY_SCOPES),
        READ_KEY: await keys.create(CONSOLE, "tablica", {Permission.READ_ANNOUNCEMENTS}),
    }

    async def find(token: str) -> Actor | None:
        return await keys.holder(known.get(token, token))

    return find


@pytest.fixture
async def client(
    services: Services, office: Office, world: World, holder: KeyHolder
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that holds the key."""
    sending = Sending(world.database, world.redis, world.clock)
    app = create_app(services, [announcements_router(office.announcements, sending, holder)])
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {KEY}"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test", headers=headers) as opened:
        yield opened


async def _approved(client: httpx2.AsyncClient, office: Office) -> int:
    number = await _submitted(client)
    await office.does(Action.APPROVE, number, PIOTR)
    return number


async def _submitted(client: httpx2.AsyncClient) -> int:
    number = (await client.post(PATH, json=TEXTS)).json()["id"]
    assert isinstance(number, int)
    await client.post(f"{PATH}/{number}/submit")
    return number


def _problem(response: httpx2.Response, status: int) -> str:
    assert response.headers["content-type"] == "application/problem+json", response.text
    assert response.status_code == response.json()["status"] == status
    return str(response.json()["detail"])


async def test_from_draft_to_delivery(client: httpx2.AsyncClient, office: Office, world: World) -> None:
    await world.subscribe(2, topic="announcements")
    written = await client.post(PATH, json={**TEXTS, "sms": "Zamknięta Złotoryjska."})
    number = written.json()["id"]
    assert (written.status_code, written.json()["state"], written.json()["deliveries"]) == (201, "draft", None)
    assert written.json()["texts"] == {"sms": "Zamknięta Złotoryjska.", "telegram": NEWS.body, "web": NEWS.body}
    assert (written.json()["sms_parts"], written.json()["channels"]) == (1, ["sms", "telegram", "web"])
    submitted = await client.post(f"{PATH}/{number}/submit")
    assert (submitted.status_code, submitted.json()["state"]) == (200, "in_review")

    await office.does(Action.APPROVE, number, PIOTR)
    assert (await client.get(f"{PATH}/{number}")).json()["state"] == "approved"
    published = await client.post(f"{PATH}/{number}/publish")
    assert (published.status_code, published.json()["state"]) == (200, "sending")
    assert published.json()["deliveries"]["pending"] == 2

    await world.drain(world.lane(ScriptedChannel()))
    shown = (await client.get(f"{PATH}/{number}")).json()
    assert {state: count for state, count in shown["deliveries"].items() if count} == {"sent": 2}
    assert shown["deliveries"]["failed"] == 0


async def test_published_again_is_the_same_and_sends_nothing_more(
    client: httpx2.AsyncClient, office: Office, world: World
) -> None:
    await world.subscribe(2, topic="announcements")
    number = await _approved(client, office)
    first, second = [await client.post(f"{PATH}/{number}/publish") for _ in range(2)]
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert len(await world.deliveries()) == 2


async def test_paused_resumed_and_cancelled(client: httpx2.AsyncClient, office: Office, world: World) -> None:
    await world.subscribe(2, topic="announcements")
    number = await _approved(client, office)
    await client.post(f"{PATH}/{number}/publish")
    for step, state in (("pause", "paused"), ("resume", "sending"), ("cancel", "cancelled")):
        moved = await client.post(f"{PATH}/{number}/{step}", json={"reason": "Sprawdzamy"})
        assert (moved.status_code, moved.json()["state"]) == (200, state)
    assert moved.json()["deliveries"]["cancelled"] == 2
    assert "anulowany" in _problem(await client.post(f"{PATH}/{number}/resume"), 409)


async def test_scheduled_for_a_moment_in_any_zone(client: httpx2.AsyncClient, office: Office) -> None:
    number = await _approved(client, office)
    at = (office.clock.now() + timedelta(days=1)).replace(microsecond=0)
    scheduled = await client.post(f"{PATH}/{number}/schedule", json={"at": at.isoformat()})
    assert (scheduled.status_code, scheduled.json()["state"]) == (200, "scheduled")
    assert scheduled.json()["scheduled_at"].endswith(("+01:00", "+02:00"))
    past = await client.post(f"{PATH}/{number}/schedule", json={"at": "2020-01-01T10:00:00+01:00"})
    assert _problem(past, 422) == "Ta pora wysłania już minęła. Proszę podać późniejszą."
    naive = await client.post(f"{PATH}/{number}/schedule", json={"at": "2030-01-01T10:00:00"})
    assert "at" in _problem(naive, 422)


async def test_an_event_with_its_fields(client: httpx2.AsyncClient, office: Office) -> None:
    event = {
        "starts_at": "2030-01-10T18:00:00+01:00",
        "place": "Rynek 1",
        "registration_url": "https://miasto.example/",
    }
    written = await client.post(PATH, json={**TEXTS, "body": "{day} o {hour}, {place}: {link}", "event": event})
    assert written.json()["texts"]["web"] == "10.01.2030 o 18:00, Rynek 1: https://miasto.example/"
    unknown = await client.post(PATH, json={**TEXTS, "body": "{cena}", "event": event})
    assert _problem(unknown, 422).startswith("Pole {cena} nie jest znane")


async def test_the_same_request_again_is_the_same_announcement(client: httpx2.AsyncClient) -> None:
    headers = {"Idempotency-Key": "zgloszenie-1"}
    first, again = [await client.post(PATH, json=TEXTS, headers=headers) for _ in range(2)]
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    other = await client.post(PATH, json={**TEXTS, "title": "Inny"}, headers=headers)
    assert "Idempotency-Key" in _problem(other, 422)


async def test_an_edit_voids_the_approval(client: httpx2.AsyncClient, office: Office) -> None:
    number = await _approved(client, office)
    edited = await client.put(f"{PATH}/{number}", json={**TEXTS, "title": "Zamknięty most"})
    assert (edited.status_code, edited.json()["state"], edited.json()["version"]) == (200, "draft", 2)
    assert "jest szkicem" in _problem(await client.post(f"{PATH}/{number}/publish"), 409)


async def test_a_correction_and_a_retraction(client: httpx2.AsyncClient, office: Office) -> None:
    number = await _approved(client, office)
    refused = await client.post(PATH, json={**TEXTS, "corrects": number})
    assert "nie został wysłany" in _problem(refused, 422)
    await client.post(f"{PATH}/{number}/publish")
    correction = (await client.post(PATH, json={**TEXTS, "corrects": number})).json()
    assert (correction["corrects"], correction["retracts"]) == (number, None)
    retraction = (await client.post(PATH, json={**TEXTS, "retracts": number})).json()
    assert (retraction["corrects"], retraction["retracts"]) == (None, number)
    assert retraction["title"] == "Odwołanie: Zamknięta ulica"
    _problem(await client.post(PATH, json={**TEXTS, "corrects": number, "retracts": number}), 422)


async def test_a_key_never_approves(client: httpx2.AsyncClient) -> None:
    number = await _submitted(client)
    detail = _problem(await client.post(f"{PATH}/{number}/approve"), 403)
    assert detail.startswith("Klucz API nie może zatwierdzać komunikatów.")
    assert (await client.get(f"{PATH}/{number}")).json()["state"] == "in_review"


async def test_what_nobody_approved_is_not_published(client: httpx2.AsyncClient, world: World) -> None:
    await world.subscribe(topic="announcements")
    number = (await client.post(PATH, json=TEXTS)).json()["id"]
    assert "jest szkicem" in _problem(await client.post(f"{PATH}/{number}/publish"), 409)
    await client.post(f"{PATH}/{number}/submit")
    assert "czeka na zatwierdzenie" in _problem(await client.post(f"{PATH}/{number}/publish"), 409)
    assert await world.deliveries() == []


async def test_a_text_changed_after_approval_is_not_published(client: httpx2.AsyncClient, office: Office) -> None:
    number = await _approved(client, office)
    await office.change(number, body="Ulica jest otwarta.")
    assert "zatwierdzić ponownie" in _problem(await client.post(f"{PATH}/{number}/publish"), 409)


async def test_a_draft_is_submitted_once(client: httpx2.AsyncClient) -> None:
    number = await _submitted(client)
    assert "czeka na zatwierdzenie" in _problem(await client.post(f"{PATH}/{number}/submit"), 409)


@pytest.mark.parametrize(
    "authorization", ["", KEY, "Bearer ", "Bearer inny", f"Bearer {KEY}x", f"Basic {KEY}", "Bearer żółć"]
)
async def test_without_the_key_every_route_is_closed(client: httpx2.AsyncClient, authorization: str) -> None:
    headers = {b"Authorization": authorization.encode()}
    for method, path in [
        ("POST", PATH),
        ("GET", f"{PATH}/1"),
        ("GET", f"{PATH}/1/progress"),
        ("POST", f"{PATH}/1/repeat"),
        ("PUT", f"{PATH}/1"),
        *(("POST", f"{PATH}/1/{step}") for step in STEPS),
    ]:
        response = await client.request(method, path, headers=headers, content=b"{")
        assert _problem(response, 401).startswith("Brak dostępu.")
        assert response.headers["www-authenticate"] == "Bearer"


async def test_a_key_that_may_only_read_writes_nothing(client: httpx2.AsyncClient) -> None:
    number = await _submitted(client)
    reads = {"Authorization": f"Bearer {READ_KEY}"}
    assert (await client.get(f"{PATH}/{number}", headers=reads)).status_code == 200
    for step in STEPS:
        refused = await client.post(f"{PATH}/{number}/{step}", headers=reads)
        assert _problem(refused, 403).startswith("Ten klucz API nie pozwala na to.")


@pytest.mark.parametrize("number", ["404", "abc", "0", "-1", "9" * 18, "9" * 30, "²"])
async def test_an_announcement_that_does_not_exist(client: httpx2.AsyncClient, number: str) -> None:
    assert _problem(await client.get(f"{PATH}/{number}"), 404) == "Nie ma komunikatu o tym numerze."
    assert _problem(await client.put(f"{PATH}/{number}", json=TEXTS), 404)
    for step in set(STEPS) - {"approve", "schedule"}:
        _problem(await client.post(f"{PATH}/{number}/{step}"), 404)
    _problem(await client.post(f"{PATH}/{number}/schedule", json={"at": "2030-01-01T10:00:00Z"}), 404)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " \n"}, "Tytuł: brak tekstu. Proszę go podać."),
        ({"title": "x" * 121}, "Tytuł: za długi tekst (najwyżej 120 znaków). Proszę go skrócić."),
        ({"body": ""}, "Treść: brak tekstu. Proszę go podać."),
        ({"body": "x" * 1001}, "Treść: za długi tekst (najwyżej 1000 znaków). Proszę go skrócić."),
        ({"sms": "x" * 901}, "Treść SMS: za długi tekst (najwyżej 900 znaków). Proszę go skrócić."),
        ({"channels": ["fax"]}, "Nie ma kanału „fax”. Dozwolone: sms, telegram, web."),
        ({"districts": ["atlantyda"]}, "Nie ma dzielnicy „atlantyda”."),
        ({"body": "{"}, "Nawias klamrowy można wstawić tylko w nazwie pola, na przykład {day}."),
        ({"corrects": 404}, "Nie ma komunikatu o numerze 404, którego dotyczy ten komunikat."),
    ],
)
async def test_a_wrong_content_is_told_in_polish(
    client: httpx2.AsyncClient, change: dict[str, object], sentence: str
) -> None:
    assert _problem(await client.post(PATH, json={**TEXTS, **change}), 422) == sentence


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"title": "x"}',
        b'{"title": "x", "body": 1}',
        b'{"title": "x", "body": "y", "colour": "red"}',
        b'{"title": "x", "body": "y", "expires_at": "2030-01-01T10:00:00"}',
        b'{"title": "x", "body": "y", "corrects": 99999999999999999999}',
        b"[" * 900,
    ],
)
async def test_what_is_no_announcement_is_refused(client: httpx2.AsyncClient, content: bytes) -> None:
    detail = _problem(await client.post(PATH, content=content), 422)
    assert detail.startswith("Nie udało się odczytać danych.")


async def test_a_text_too_long_for_sms_is_told_before_anybody_reads_it(client: httpx2.AsyncClient) -> None:
    number = (await client.post(PATH, json={**TEXTS, "body": "x" * 1000})).json()["id"]
    detail = _problem(await client.post(f"{PATH}/{number}/submit"), 422)
    assert detail == "Liczba części SMS: 7, a dozwolonych jest najwyżej 6. Proszę podać krótszą treść SMS."
