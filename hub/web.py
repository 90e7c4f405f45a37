"""What the pages, the widget and the feeds stand on besides the services of the chat."""

import asyncio

from fastapi import APIRouter

from api import feeds
from api.chat_events import LOOK_SECONDS, CurrentAlert, EventBoard, chat_events_router
from api.feedback import feedback_router
from api.pages.chargers import chargers_router
from api.pages.subsidies import subsidies_router
from api.web import WebOptions
from bot.handoffs.service import Handoffs
from bot.live import LiveReplies
from bot.ratings.service import Ratings
from bot.repeats import Repeats
from hub.bootstrap import Foundation, address_vault
from hub.sent_alerts import sent_alerts
from hub.topics import Topics


def web_options(base: Foundation) -> WebOptions:
    """Return how the pages and the widget appear."""
    settings = base.settings
    return WebOptions(
        settings.map_tiles_url,
        settings.map_attribution,
        tuple(origin.strip() for origin in settings.widget_origins.split(",") if origin.strip()),
        Repeats(base.redis, address_vault(settings)),
    )


def web_routers(
    base: Foundation,
    topics: Topics,
    stop: asyncio.Event,
    alert: CurrentAlert | None = None,
    look_seconds: float = LOOK_SECONDS,
) -> list[APIRouter]:
    """Return the routes of pages, ratings, live events and feeds.

    Open streams look every so many seconds for what is new, and end when `stop` is set.
    """
    secret = base.settings.secret_key.get_secret_value()
    handoffs = Handoffs(address_vault(base.settings), base.clock, base.city.reference_prefix)
    replies = LiveReplies(base.database, handoffs, base.texts)
    alerts = sent_alerts(base)
    return [
        feedback_router(Ratings(base.database, base.clock, secret)),
        chat_events_router(EventBoard(replies, alert or alerts.valid, base.clock, stop, look_seconds)),
        chargers_router(base.sources.chargers, base.texts),
        subsidies_router(topics.programmes, base.texts, base.clock),
        feeds.router,
        feeds.alerts_router(alerts),
    ]
