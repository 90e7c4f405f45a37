"""Announcements over HTTP: a key writes and publishes, a person approves."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from sqlalchemy import update

from api.announcements import announcements_router
from api.app import create_app
from api.dependencies import Services
from notifier.announcements.models import AnnouncementRow
from notifier.announcements.service import Announcements
from tests.notifier.deliveries.world import ScriptedChannel, World, world

__all__ = ["world"]

KEY, PATH = "klucz-miasta", "/api/v1/announcements"
TEXTS = {"title": "Zamknięta ulica", "body": "Ulica Złotoryjska jest zamknięta do piątku."}


@pytest.fixture
def announcements(world: World) -> Announcements:
    return Announcements(world.database, world.redis, world.clock)


@pytest.fixture
def configured_key() -> str:
    return KEY


@pytest.fixture
async def office(
    services: Services, announcements: Announcements, configured_key: str
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that holds the key."""
    app = create_app(services, [announcements_router(announcements, configured_key)])
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {KEY}"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test", headers=headers) as client:
        yield client


async def _submitted(office: httpx2.AsyncClient) -> int:
    number = (await office.post(PATH, json=TEXTS)).json()["id"]
    assert isinstance(number, int)
    await office.post(f"{PATH}/{number}/submit")
    return number


def _problem(response: httpx2.Response, status: int) -> str:
    assert response.headers["content-type"] == "application/problem+json"
    assert response.status_code == response.json()["status"] == status
    return str(response.json()["detail"])


async def test_from_draft_to_delivery(office: httpx2.AsyncClient, announcements: Announcements, world: World) -> None:
    await world.subscribe(2, topic="announcements")
    written = await office.post(PATH, json=TEXTS)
    number = written.json()["id"]
    assert (written.status_code, written.json()) == (201, {"id": number, "state": "draft"})
    submitted = await office.post(f"{PATH}/{number}/submit")
    assert (submitted.status_code, submitted.json()) == (200, {"id": number, "state": "submitted"})

    await announcements.approve(number, "Piotr Lis")
    assert (await office.get(f"{PATH}/{number}")).json() == {"id": number, "state": "approved"}
    published = await office.post(f"{PATH}/{number}/publish")
    assert (published.status_code, published.json()["state"]) == (200, "published")
    assert published.json()["deliveries"]["pending"] == 2

    await world.drain(world.lane(ScriptedChannel()))
    shown = (await office.get(f"{PATH}/{number}")).json()
    assert {state: count for state, count in shown["deliveries"].items() if count} == {"sent": 2}
    assert shown["deliveries"]["failed"] == 0


async def test_published_again_is_the_same_and_sends_nothing_more(
    office: httpx2.AsyncClient, announcements: Announcements, world: World
) -> None:
    await world.subscribe(2, topic="announcements")
    number = await _submitted(office)
    await announcements.approve(number, "Piotr Lis")
    first, second = [await office.post(f"{PATH}/{number}/publish") for _ in range(2)]
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert len(await world.deliveries()) == 2


async def test_a_key_never_approves(office: httpx2.AsyncClient) -> None:
    number = await _submitted(office)
    detail = _problem(await office.post(f"{PATH}/{number}/approve"), 403)
    assert detail.startswith("Klucz API nie może zatwierdzać ogłoszeń.")
    assert (await office.get(f"{PATH}/{number}")).json()["state"] == "submitted"


async def test_what_nobody_approved_is_not_published(office: httpx2.AsyncClient, world: World) -> None:
    await world.subscribe(topic="announcements")
    number = (await office.post(PATH, json=TEXTS)).json()["id"]
    assert "jest szkicem" in _problem(await office.post(f"{PATH}/{number}/publish"), 409)
    await office.post(f"{PATH}/{number}/submit")
    assert "czeka na zatwierdzenie" in _problem(await office.post(f"{PATH}/{number}/publish"), 409)
    assert await world.deliveries() == []


async def test_a_text_changed_after_approval_is_not_published(
    office: httpx2.AsyncClient, announcements: Announcements, world: World
) -> None:
    number = await _submitted(office)
    await announcements.approve(number, "Piotr Lis")
    async with world.database.write() as session:
        await session.execute(update(AnnouncementRow).values(body="Ulica jest otwarta."))
    assert "zatwierdzić ponownie" in _problem(await office.post(f"{PATH}/{number}/publish"), 409)


async def test_a_draft_is_submitted_once(office: httpx2.AsyncClient) -> None:
    number = await _submitted(office)
    assert "już przekazane" in _problem(await office.post(f"{PATH}/{number}/submit"), 409)


@pytest.mark.parametrize(
    "authorization", ["", KEY, "Bearer ", "Bearer inny", f"Bearer {KEY}x", f"Basic {KEY}", "Bearer żółć"]
)
async def test_without_the_key_every_route_is_closed(office: httpx2.AsyncClient, authorization: str) -> None:
    headers = {b"Authorization": authorization.encode()}
    for method, path in [
        ("POST", PATH),
        ("GET", f"{PATH}/1"),
        *(("POST", f"{PATH}/1/{step}") for step in ("submit", "approve", "publish")),
    ]:
        response = await office.request(method, path, headers=headers, content=b"{")
        assert _problem(response, 401).startswith("Brak dostępu.")
        assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("configured_key", [""])
async def test_an_empty_key_opens_nothing(office: httpx2.AsyncClient) -> None:
    response = await office.get(f"{PATH}/1", headers={"Authorization": "Bearer "})
    _problem(response, 401)


@pytest.mark.parametrize("number", ["404", "abc", "0", "-1", "9" * 18, "9" * 30, "²"])
async def test_an_announcement_that_does_not_exist(office: httpx2.AsyncClient, number: str) -> None:
    assert _problem(await office.get(f"{PATH}/{number}"), 404) == "Nie ma ogłoszenia o tym numerze."
    for step in ("submit", "publish"):
        _problem(await office.post(f"{PATH}/{number}/{step}"), 404)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({**TEXTS, "title": " \n"}, "Tytuł jest pusty. Proszę go podać."),
        ({**TEXTS, "title": "x" * 121}, "Tytuł jest za długi (najwyżej 120 znaków). Proszę go skrócić."),
        ({**TEXTS, "body": ""}, "Treść jest pusta. Proszę ją podać."),
        ({**TEXTS, "body": "x" * 1001}, "Treść jest za długa (najwyżej 1000 znaków). Proszę ją skrócić."),
    ],
)
async def test_a_wrong_text_is_told_in_polish(office: httpx2.AsyncClient, texts: dict[str, str], sentence: str) -> None:
    assert _problem(await office.post(PATH, json=texts), 422) == sentence


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"title": "x"}', b'{"title": "x", "body": 1}'])
async def test_what_is_no_announcement_is_refused(office: httpx2.AsyncClient, content: bytes) -> None:
    detail = _problem(await office.post(PATH, content=content), 422)
    assert detail.startswith("Nie udało się odczytać ogłoszenia.")
