"""The latest announcements: staff's own and the city's feed, also while the feed is away."""

from datetime import UTC, datetime, timedelta

import pytest

from content.answer import Answer
from content.question import Question
from content.sources.status import statuses
from content.texts import Texts
from content.topics.events.agenda import Agenda
from content.topics.events.answers import answers
from content.topics.events.bulletin import Bulletin
from content.topics.events.news import NEWS_SOURCE, CityNews
from content.topics.events.open_data import announcements_data
from content.topics.events.published import Announcement
from core.database import Database
from tests.content.sources.cityrss.wire import FEED, PortalWire, feed_of
from tests.content.topics.events.conftest import StaffPublications
from tests.fakes import FrozenClock


@pytest.fixture
def wire() -> PortalWire:
    return PortalWire()


@pytest.fixture
def news(wire: PortalWire, tables: Database, clock: FrozenClock) -> CityNews:
    return CityNews(wire.client(clock), tables, clock)


async def ask(texts: Texts, staff: StaffPublications, news: CityNews | None, clock: FrozenClock) -> Answer:
    topic = answers(Agenda((), staff, clock), Bulletin(staff, news, clock), texts)
    return await topic["announcement_latest"](Question("announcement_latest"))


async def test_the_newest_three_stand_with_date_link_and_time_of_reading(
    texts: Texts, staff: StaffPublications, news: CityNews, clock: FrozenClock
) -> None:
    staff.told = [Announcement("Zebranie rady", datetime(2026, 11, 21, 9, tzinfo=UTC))]
    await news.refresh()
    answer = await ask(texts, staff, news, clock)
    assert answer.text.splitlines() == [
        "Ostatnie komunikaty miasta:",
        "• 23.11.2026: Objazd na ul. Chojnowskiej",
        "• 21.11.2026: Zebranie rady",
        "• 20.11.2026: Dyżur urzędu",
        "Stan na 23.11.2026, 19:30.",
    ]
    assert [source.url for source in answer.sources] == [
        *("https://portal.test/objazd", "https://portal.test/dyzur", "https://portal.legnica.eu")
    ]


@pytest.mark.parametrize(
    ("content", "status"),
    [("<html>Przerwa</html>", 200), (FEED[:500], 200), ("", 503), ("", 200), (feed_of(), 200), (" " * 3_000_000, 200)],
    ids=["html", "half", "503", "nothing", "no items", "3 MB"],
)
async def test_a_broken_feed_leaves_the_last_good_news_and_a_reason(
    *,
    texts: Texts,
    staff: StaffPublications,
    news: CityNews,
    wire: PortalWire,
    tables: Database,
    clock: FrozenClock,
    content: str,
    status: int,
) -> None:
    await news.refresh()
    wire.serve(content, status)
    clock.advance(timedelta(hours=2))
    await news.refresh()
    answer = await ask(texts, staff, news, clock)
    assert "Objazd na ul. Chojnowskiej" in answer.text
    assert "Stan na 23.11.2026, 19:30." in answer.text
    async with tables.read() as session:
        (state,) = await statuses(session)
    assert (state.name, state.failures, state.rows) == (NEWS_SOURCE, 1, 4)
    assert state.last_error


async def test_news_that_could_not_be_read_for_a_day_are_called_old(
    texts: Texts, staff: StaffPublications, news: CityNews, wire: PortalWire, clock: FrozenClock
) -> None:
    await news.refresh()
    wire.serve("", 503)
    clock.advance(timedelta(hours=25))
    await news.refresh()
    first = (await ask(texts, staff, news, clock)).text.splitlines()[0]
    assert first.startswith("Uwaga: strona miasta od 23.11.2026, 19:30")


async def test_unchanged_news_are_fresh_news(
    texts: Texts, staff: StaffPublications, news: CityNews, wire: PortalWire, clock: FrozenClock
) -> None:
    wire.serve(FEED, headers={"ETag": '"v1"'})
    await news.refresh()
    wire.serve("", 304)
    clock.advance(timedelta(hours=30))
    await news.refresh()
    assert wire.requests[-1].headers["If-None-Match"] == '"v1"'
    answer = await ask(texts, staff, news, clock)
    assert "Stan na 25.11.2026, 01:30." in answer.text
    assert "Objazd" in answer.text


async def test_an_unexpected_not_changed_is_no_news(
    texts: Texts, staff: StaffPublications, news: CityNews, wire: PortalWire, clock: FrozenClock
) -> None:
    wire.serve("", 304)
    await news.refresh()
    assert await news.latest() is None


async def test_without_a_feed_and_publications_the_portal_is_named(
    texts: Texts, staff: StaffPublications, clock: FrozenClock
) -> None:
    answer = await ask(texts, staff, None, clock)
    assert answer.text.startswith("Nie mam tu teraz żadnych komunikatów miasta.")
    staff.told = [Announcement("Zebranie rady", None)]
    assert "• Zebranie rady (bez daty)" in (await ask(texts, staff, None, clock)).text


async def test_open_data_gives_all_with_times(staff: StaffPublications, news: CityNews, clock: FrozenClock) -> None:
    await news.refresh()
    data = await announcements_data(Bulletin(staff, news, clock))
    assert data["checked_at"] == "2026-11-23T19:30:00+01:00"
    assert [entry["published_at"] for entry in data["announcements"]][:2] == [
        *("2026-11-23T12:00:00+01:00", "2026-11-20T09:00:00+01:00")
    ]
    assert data["announcements"][0]["summary"] == "Od wtorku objazd."
