"""How the pages and the widget of one installation appear: where maps come from, which other sites show the widget."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from api.notices import NoticeBoard
from api.repeats import Repeats
from content.pack import City
from content.pages import PageTexts, load_page_texts

PRIVACY_PATH = "/prywatnosc"
CHANNEL_NAMES = {"sms": "SMS", "telegram": "Telegram"}
"""What residents call the channels that come to them."""


@dataclass(frozen=True)
class WebOptions:
    """An empty `tiles_url` means that there are no maps; it names squares by {z}, {x}, {y}, `tiles_attribution` whose.

    `origins` are the sites, besides our own, that may show the widget; `repeats` keeps answers for messages sent again;
    `notices` are what stands above every page; `channels` those that carry residents' messages over a provider.
    """

    tiles_url: str = ""
    tiles_attribution: str = ""
    origins: tuple[str, ...] = ()
    repeats: Repeats | None = None
    notices: NoticeBoard | None = None
    channels: frozenset[str] = frozenset()

    @property
    def tiles_origin(self) -> str:
        """Where the squares of maps come from, in the form of a content security policy; empty without maps."""
        if not self.tiles_url:
            return ""
        parts = urlsplit(self.tiles_url.replace("{s}", "*"))
        return f"{parts.scheme}://{parts.netloc}"


@cache
def page_texts(city: City) -> PageTexts:
    """Return what the pages say of a city."""
    return load_page_texts(city.folder)


def widget_settings(city: City, options: WebOptions) -> dict[str, Any]:
    """Return what the widget says first and where its maps come from, as JSON."""
    first = page_texts(city).first_message
    tiles = {"tiles": options.tiles_url, "attribution": options.tiles_attribution}
    return {
        "title": first.title,
        "text": first.text,
        "privacy_text": first.privacy,
        "privacy_url": PRIVACY_PATH,
        "topics": [{"title": button.title, "payload": button.payload} for button in first.buttons],
        "map": tiles if options.tiles_url else None,
    }
