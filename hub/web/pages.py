"""What the pages, the widget and the feeds stand on besides the services of the chat."""

import asyncio
from urllib.parse import urlsplit

from fastapi import APIRouter

from api import feeds
from api.chat_events import EventBoard, chat_events_router
from api.feedback import feedback_router
from api.notices import LOOK_SECONDS, NoticeBoard, banner_router
from api.pages.announcements import announcements_router
from api.pages.chargers import chargers_router
from api.pages.subsidies import subsidies_router
from api.repeats import Repeats
from api.sent_alerts import SentAlerts
from api.web import WebOptions, page_texts
from bot.handoffs.live_replies import LiveReplies
from bot.handoffs.service import Handoffs
from bot.ratings.service import Ratings
from core.settings import Settings
from hub.bootstrap import Foundation, address_vault
from hub.topics import Topics
from notifier.alerts.cap import CapSender
from notifier.archive.service import Archive
from notifier.banners.service import Banners


def notice_board(base: Foundation) -> NoticeBoard:
    """Return what watches for the alert that is valid and the banner that is shown."""
    return NoticeBoard(sent_alerts(base).valid, Banners(base.database, base.clock).current, base.clock)


def web_options(base: Foundation) -> WebOptions:
    """Return how the pages and the widget appear."""
    settings = base.settings
    return WebOptions(
        settings.map_tiles_url,
        settings.map_attribution,
        tuple(origin.strip() for origin in settings.widget_origins.split(",") if origin.strip()),
        Repeats(base.redis, address_vault(settings)),
        notice_board(base),
        _providers(settings),
    )


def _providers(settings: Settings) -> frozenset[str]:
    """Return the channels that a provider carries, who then learns addresses and texts."""
    credentials = {"sms": settings.twilio_account_sid, "telegram": settings.telegram_bot_token.get_secret_value()}
    return frozenset(channel for channel, account in credentials.items() if account)


def web_routers(
    base: Foundation,
    topics: Topics,
    stop: asyncio.Event,
    notices: NoticeBoard | None = None,
    look_seconds: float = LOOK_SECONDS,
) -> list[APIRouter]:
    """Return the routes of pages, ratings, live events and feeds.

    Open streams look every so many seconds for what is new, and end when `stop` is set.
    """
    secret = base.settings.secret_key.get_secret_value()
    handoffs = Handoffs(address_vault(base.settings), base.clock, base.city.reference_prefix)
    replies = LiveReplies(base.database, handoffs, base.texts)
    archive = Archive(base.database, base.clock, samples=base.settings.is_demo)
    board = notices or notice_board(base)
    events = EventBoard(replies, board, base.clock, stop, look_seconds)
    return [
        feedback_router(Ratings(base.database, base.clock, secret)),
        chat_events_router(events),
        banner_router(board),
        announcements_router(archive),
        chargers_router(base.sources.chargers, base.texts),
        subsidies_router(topics.programmes, base.texts, base.clock),
        feeds.announcements_router(archive, service_host(base)),
        feeds.alerts_router(sent_alerts(base)),
    ]


def sent_alerts(base: Foundation) -> SentAlerts:
    """Return the alerts of the city; they come from the host under which residents reach the service."""
    settings, city = base.settings, base.city
    sender = CapSender(
        service_host(base),
        city.office.name,
        page_texts(city).alert_event,
        city.name,
        settings.pages_url,
    )
    return SentAlerts(base.database, base.clock, sender, samples=settings.is_demo)


def service_host(base: Foundation) -> str:
    """Return the host under which residents reach the service; the code of the city where it has no address."""
    return urlsplit(base.settings.public_url).hostname or base.city.folder.name
