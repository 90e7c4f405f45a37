"""`/komunikaty`: everything that was sent, page by page, and the lasting page of each."""

import re
from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest

from hub.bootstrap import Foundation
from notifier.announcements.content import Content
from notifier.announcements.states import AnnouncementState
from notifier.archive.service import ON_A_PAGE
from tests.fakes import FrozenClock
from tests.notifier.alerts.conftest import legnica, rules, town, writer
from tests.notifier.alerts.town import Town
from tests.notifier.announcements.office import NEWS, Office

__all__ = ["legnica", "rules", "town", "writer"]

# What is said does not depend on the engine; the queries are asked on both in tests/notifier/archive.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

SENT = AnnouncementState.SENDING


@pytest.fixture
def office(foundation: Foundation, clock: FrozenClock) -> Office:
    return Office(foundation.database, foundation.redis, clock)


async def _page(web: httpx2.AsyncClient, path: str) -> str:
    response = await web.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, response.text
    return " ".join(response.text.split())


async def test_each_announcement_has_a_page_of_its_own(web: httpx2.AsyncClient, office: Office) -> None:
    text = 'Objazd: https://miasto.example/objazd?a=1&b=2. <script>alert("x")</script> javascript:alert(1)'
    number = await office.brought_to(SENT, Content("Zamknięta <ulica>", text))
    assert f'<a href="/komunikaty/{number}">Zamknięta &lt;ulica&gt;</a>' in await _page(web, "/komunikaty")
    assert f'<a href="/komunikaty/{number}">Zamknięta &lt;ulica&gt;</a>' in await _page(web, "/")
    page = await _page(web, f"/komunikaty/{number}")
    assert '<a href="https://miasto.example/objazd?a=1&amp;b=2" rel="noopener noreferrer">' in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "23.11.2026, 19:30" in page


async def test_what_was_taken_back_says_so_before_its_words(web: httpx2.AsyncClient, office: Office) -> None:
    number = await office.brought_to(SENT)
    office.clock.advance(timedelta(hours=1))
    wrong = Content("Wycofanie", "Ulica jest otwarta.", corrects=number, is_retraction=True)
    retraction = await office.brought_to(SENT, wrong)
    listed = await _page(web, "/komunikaty")
    assert "Ulica Złotoryjska" not in listed
    assert "Odwołanie komunikatu" in listed
    page = await _page(web, f"/komunikaty/{number}")
    assert page.index("Ten komunikat odwołano 23.11.2026, 20:30.") < page.index("Ulica Złotoryjska")
    assert f'href="/komunikaty/{retraction}"' in page
    assert f'href="/komunikaty/{number}"' in await _page(web, f"/komunikaty/{retraction}")


async def test_an_event_leads_to_its_one_calendar_entry_until_it_is_over(
    web: httpx2.AsyncClient, office: Office
) -> None:
    first = await office.brought_to(SENT, replace(NEWS, event=office.event(timedelta(days=2))))
    calendar = f"/feeds/events/announcement-{first}.ics"
    assert calendar in await _page(web, f"/komunikaty/{first}")
    announced = await _page(web, calendar)
    number = await office.brought_to(SENT, replace(NEWS, event=office.event(timedelta(days=3)), corrects=first))
    assert calendar in await _page(web, f"/komunikaty/{number}")
    corrected = await _page(web, calendar)
    (uid,), (same,) = (re.findall(r"UID:(\S+)", file) for file in (announced, corrected))
    (before,), (after,) = (re.findall(r"SEQUENCE:(\d+)", file) for file in (announced, corrected))
    assert uid == same
    assert int(before) < int(after)
    office.clock.advance(timedelta(days=4))
    page = await _page(web, f"/komunikaty/{number}")
    assert calendar not in page
    assert "już nieaktualna" in page


async def test_an_alert_has_its_page_and_its_all_clear(web: httpx2.AsyncClient, town: Town) -> None:
    await town.hourly(4, 1, 1)
    listed = await _page(web, "/komunikaty?rodzaj=ostrzezenia")
    assert "Koniec ostrzeżenia" in listed
    ways = re.findall(r'href="(/komunikaty/ostrzezenie/[^"]+)"', listed)
    assert len(ways) == 2
    page = await _page(web, ways[1])
    assert "już nieaktualne" in page
    document = re.search(r'href="(/feeds/alerts/[^"]+\.cap)"', page)
    assert document
    assert (await web.get(document[1])).headers["content-type"] == "application/cap+xml"


async def test_the_archive_is_turned_page_by_page_and_keeps_its_filter(web: httpx2.AsyncClient, office: Office) -> None:
    for number in range(ON_A_PAGE + 1):
        await office.brought_to(SENT, replace(NEWS, title=f"Komunikat nr {number}."))
    first = await _page(web, "/komunikaty?rodzaj=komunikaty")
    assert "Strona 1 z 2" in first
    assert "Komunikat nr 0." not in first
    assert '<a class="json" href="/komunikaty?rodzaj=komunikaty&amp;strona=2">Starsze</a>' in first
    second = await _page(web, "/komunikaty?rodzaj=komunikaty&strona=2")
    assert "Komunikat nr 0." in second
    for unreadable in ("0", "-1", "dwa", "²", "9" * 50):
        assert "Strona 1 z 2" in await _page(web, f"/komunikaty?strona={unreadable}")
    assert "Strona 2 z 2" in await _page(web, "/komunikaty?strona=99999")


async def test_what_does_not_exist_is_said_in_polish(web: httpx2.AsyncClient) -> None:
    for path in ("1", "0", "abc", "99999999999999999999", "ostrzezenie/nie-ma"):
        response = await web.get(f"/komunikaty/{path}", headers={"Accept": "text/html"})
        assert response.status_code == 404
        assert "Nie ma komunikatu o tym numerze." in response.text
    assert "Nie ma komunikatów" in await _page(web, "/komunikaty")
    assert "Nie ma ostrzeżeń" in await _page(web, "/komunikaty?rodzaj=ostrzezenia")
