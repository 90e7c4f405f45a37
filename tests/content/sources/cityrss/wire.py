"""The wire to the city's portal: replies by address, and the requests that were made."""

from collections.abc import Callable

import httpx2

from content.sources.cityrss import FeedClient
from core.clock import Clock
from core.http import http_client

URL = "https://portal.test/rss/35.xml"

Reply = Callable[[httpx2.Request], httpx2.Response]

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Aktualności</title><link>https://portal.test</link><description>Wiadomości miasta</description>
<item><title>Objazd na ul. Chojnowskiej</title><link>https://portal.test/objazd</link><guid>news-3</guid>
<pubDate>Mon, 23 Nov 2026 12:00:00 +0100</pubDate>
<description><![CDATA[<p>Od <b>wtorku</b>&nbsp;objazd.</p><script>alert(1)</script>]]></description></item>
<item><title>Dyżur urzędu</title><link>https://portal.test/dyzur</link><guid>news-2</guid>
<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate><description>&lt;p&gt;W sobotę&lt;/p&gt;</description></item>
<item><title>Zażółć gęślą jaźń</title><link>http://bip.test/1?a=1&amp;b=2</link><guid>news-1</guid>
<dc:date>2026-11-19T07:30:00+01:00</dc:date></item>
<item><title>Starsza wiadomość</title><link>https://portal.test/stare</link><guid>news-0</guid>
<pubDate>Sun, 01 Nov 2026 08:00:00 +0100</pubDate></item>
</channel></rss>
"""


def feed_of(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{"".join(items)}</channel></rss>'


class PortalWire:
    """Answers each address with its reply; an address without one gets 404."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.requests: list[httpx2.Request] = []
        self.serve(FEED)

    def serve(
        self, content: bytes | str, status: int = 200, headers: dict[str, str] | None = None, url: str = URL
    ) -> None:
        self.replies[url] = lambda _request: httpx2.Response(status, content=content, headers=headers)

    def redirect(self, target: str, url: str = URL) -> None:
        self.serve("", 302, {"Location": target}, url)

    def fail(self, error: Exception) -> None:
        def raise_it(_request: httpx2.Request) -> httpx2.Response:
            raise error

        self.replies[URL] = raise_it

    def client(self, clock: Clock) -> FeedClient:
        return FeedClient(http_client(timeout=10, transport=httpx2.MockTransport(self._answer)), URL, clock)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        reply = self.replies.get(str(request.url))
        return reply(request) if reply else httpx2.Response(404)
