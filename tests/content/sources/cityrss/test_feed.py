"""What becomes of a feed that may hold anything."""

import time
from datetime import UTC, datetime

import pytest

from content.sources.cityrss import FeedBadDataError
from content.sources.cityrss.feed import Feed, plain_text, read_feed
from tests.content.sources.cityrss.wire import FEED, feed_of

NOW = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


def read(text: str | bytes, charset: str | None = None) -> Feed:
    return read_feed(text.encode() if isinstance(text, str) else text, charset, NOW)


def test_items_are_plain_text_with_moments_in_utc() -> None:
    feed = read(FEED)
    assert [item.title for item in feed.items] == [
        *("Objazd na ul. Chojnowskiej", "Dyżur urzędu", "Zażółć gęślą jaźń", "Starsza wiadomość")
    ]
    first, second, third, _ = feed.items
    assert first.summary == "Od wtorku objazd."
    assert first.published_at == datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert second.summary == "W sobotę"
    assert third.url == "http://bip.test/1?a=1&b=2"
    assert third.published_at == datetime(2026, 11, 19, 6, 30, tzinfo=UTC)
    assert not feed.rejected


BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><item><title>&c;</title></item></channel></rss>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&x;</title></item></channel></rss>"""


@pytest.mark.parametrize(
    "document",
    [
        "",
        "not XML at all",
        "<!DOCTYPE html><html><body><h1>Przerwa techniczna</h1></body></html>",
        "<html><body><item><title>x</title></item></body></html>",
        BOMB,
        OUTSIDE,
        FEED[: len(FEED) // 2],
        FEED + "<rss/>",
        feed_of(),
        feed_of("<item><title>&unknown;</title></item>"),
        feed_of("<item><link>https://portal.test/1</link></item>"),
        feed_of("<item><title> <b></b> &#8203; </title></item>"),
        "<rss>" + "<a>" * 5000 + "</a>" * 5000 + "</rss>",
        "{}",
    ],
    ids=[
        "",
        "text",
        "html",
        "xhtml",
        "bomb",
        "entity",
        "half",
        "two",
        "empty",
        "&?",
        "no title",
        "blank",
        "deep",
        "json",
    ],
)
def test_an_unusable_document_is_refused_at_once(document: str) -> None:
    started = time.monotonic()
    with pytest.raises(FeedBadDataError):
        read(document)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("declared", "written", "charset"),
    [
        ("ISO-8859-2", "iso-8859-2", None),
        ("windows-1250", "cp1250", None),
        ("UTF-16", "utf-16", None),
        ("ISO-8859-1", "utf-8", "iso-8859-1"),
        ("UTF-8", "cp1250", "windows-1250"),
    ],
    ids=["latin 2", "windows", "utf-16", "server and document wrong", "document wrong"],
)
def test_polish_letters_survive_declared_and_wrongly_declared_charsets(
    declared: str, written: str, charset: str | None
) -> None:
    text = FEED.replace('encoding="UTF-8"', f'encoding="{declared}"')
    assert read(text.encode(written), charset).items[2].title == "Zażółć gęślą jaźń"


@pytest.mark.parametrize("charset", [None, "no-such-charset"])
def test_text_in_no_charset_that_is_named_is_refused(charset: str | None) -> None:
    with pytest.raises(FeedBadDataError):
        read(FEED.encode("cp1250"), charset)


def item(link: str = "https://portal.test/1", date: str = "", guid: str = "", title: str = "Wiadomość") -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate><guid>{guid}</guid></item>"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://portal.test/1",
        "https://",
        "https://user:pass@portal.test/",
        "https://[broken",
        "//portal.test/1",
        "https://portal.test/a b",
        "https://portal.test/" + "a" * 1000,
    ],
)
def test_only_web_addresses_are_kept(link: str) -> None:
    feed = read(feed_of(item(link)))
    assert feed.items[0].url is None
    assert feed.rejected == {"link: no http(s) address": 1}


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Mon, 23 Nov 2026 12:00:00 +0100", datetime(2026, 11, 23, 11, tzinfo=UTC)),
        ("23 Nov 2026 12:00:00 CET", datetime(2026, 11, 23, 11, tzinfo=UTC)),
        ("23 Nov 2026 12:00", datetime(2026, 11, 23, 11, tzinfo=UTC)),
        ("2026-07-01 12:00", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("2026-11-23T12:00:00Z", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        ("wczoraj", None),
        ("Mon, 99 Nov 2026 12:00:00 +0100", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
    ],
)
def test_dates_are_read_where_they_can_be(date: str, moment: datetime | None) -> None:
    assert read(feed_of(item(date=date))).items[0].published_at == moment


def test_a_date_in_the_future_is_not_believed() -> None:
    feed = read(feed_of(item(date="Mon, 23 Nov 2031 12:00:00 +0100")))
    assert feed.items[0].published_at is None
    assert feed.rejected == {"pubDate: in the future": 1}


def test_the_same_item_stands_once_by_guid_or_link() -> None:
    same = [
        item(guid="a"),
        item("https://portal.test/2", guid="a"),
        item("https://portal.test/3"),
        item("https://portal.test/3"),
    ]
    feed = read(feed_of(*same))
    assert [each.url for each in feed.items] == ["https://portal.test/1", "https://portal.test/3"]
    assert feed.rejected == {"the same item twice": 2}


def test_an_item_without_a_title_costs_only_itself() -> None:
    feed = read(feed_of(item(title=""), item()))
    assert len(feed.items) == 1
    assert feed.rejected == {"title: missing": 1}


def test_a_very_long_feed_is_cut_to_its_first_items() -> None:
    feed = read(feed_of(*(item(f"https://portal.test/{number}") for number in range(500))))
    assert len(feed.items) == 50


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Ala<br>ma</p><style>p {}</style>kota", "Ala ma kota"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("pra\u202ewo\x07", "pra wo"),
        ("<script>zły</script", ""),
        ("dwa słowa", "dwa…"),
    ],
)
def test_markup_becomes_one_line_of_text(markup: str, text: str) -> None:
    assert plain_text(markup, 8 if text.endswith("…") else 100) == text
