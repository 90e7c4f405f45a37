"""The page about privacy says what this installation does, not what some installation might."""

import html
import re
from dataclasses import replace

import httpx2
import pytest

from api.app import create_app
from api.dependencies import Services
from core.staff.actor import CONSOLE
from hub.bootstrap import Foundation
from hub.retention import retention

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def _read(services: Services) -> str:
    transport = httpx2.ASGITransport(create_app(services), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://hub.test") as client:
        page = await client.get("/prywatnosc")
    assert page.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


@pytest.fixture
def production(services: Services) -> Services:
    """A production without any provider."""
    return replace(services, demo=False)


def _with(services: Services, *channels: str) -> Services:
    return replace(services, web=replace(services.web, channels=frozenset(channels)))


async def test_periods_that_staff_set_stand_on_the_page(production: Services, foundation: Foundation) -> None:
    services = _with(production, "sms")
    before = await _read(services)
    assert "przez najwyżej 90 dni" in before
    assert "po 1 roku od rezygnacji, a historia wysyłek po 1 roku" in before
    assert "zostaje przez 6 lat od rezygnacji" in before
    periods = retention(foundation.settings, foundation.database, foundation.clock)
    days = {"conversations": 1, "handoffs": 14, "contacts": 730, "deliveries": 60, "suppressions": 365}
    await periods.change(CONSOLE, days)
    async with foundation.database.read() as session:
        await foundation.kept.refresh(session)
    after = await _read(services)
    assert "przez najwyżej 1 dzień." in after
    assert "najpóźniej po 14 dniach od zakończenia sprawy" in after
    assert "zostaje przez 2 lata od rezygnacji" in after
    assert "po 2 latach od rezygnacji, a historia wysyłek po 60 dniach od wysłania" in after


@pytest.mark.parametrize(
    ("channels", "named", "unnamed"),
    [
        ((), (), ("Twilio", "Telegram", "STOP")),
        (("sms",), ("Twilio", "zostawia numer telefonu. Te dane"), ("Telegram",)),
        (("telegram",), ("Telegram", "zostawia identyfikator konta Telegram. Te dane"), ("Twilio", "numer telefonu.")),
        (("sms", "telegram"), ("Twilio", "numer telefonu albo identyfikator konta Telegram"), ()),
    ],
)
async def test_only_those_get_data_whom_the_city_has_switched_on(
    production: Services, channels: tuple[str, ...], named: tuple[str, ...], unnamed: tuple[str, ...]
) -> None:
    page = await _read(_with(production, *channels))
    assert [word for word in named if word not in page] == []
    assert [word for word in unnamed if word in page] == []


async def test_the_page_names_who_answers_for_the_data(production: Services) -> None:
    page = await _read(production)
    office = production.city.office
    assert f"Administrator danych {office.name}, {office.address}" in page
    assert "Inspektor ochrony danych" in page
    assert "Prezesa Urzędu Ochrony Danych Osobowych" in page
