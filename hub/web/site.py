"""Puts together what an API process serves: the services of the chat, and the routes beside it."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module

from fastapi import APIRouter

from api.announcements import announcements_router
from api.dependencies import Services
from api.health import HealthCheck
from api.metrics import metrics_router
from api.panel.panel import panel_router
from bot.assistant import Assistant
from core.staff.api_keys import ApiKeys
from hub import bootstrap
from hub.messaging.alerts import alert_office
from hub.messaging.announcements import announcements, sending
from hub.topics import Topics
from hub.web import panel
from hub.web.newsroom import newsroom
from hub.web.pages import web_options, web_routers
from nlu.client import CheckedParser
from notifier.channels.base import Channel


def site_routers(
    base: bootstrap.Foundation,
    assistant: Assistant,
    topics: Topics,
    stop: asyncio.Event,
    channels: Mapping[str, Channel],
) -> list[APIRouter]:
    """Return the routes of pages, feeds, panel, programs and, where the city has a number, of its SMS."""
    keys = ApiKeys(base.database, base.clock)
    news = newsroom(base.settings, base.clock, base.database, base.city, base.redis, channels)
    alerts = alert_office(base.settings, base.clock, base.database, base.city, base.redis)
    desk = panel.desk(base.settings, base.clock, base.database, base.city, base.texts)
    desk = replace(desk, newsroom=news, alerts=alerts)
    routers = [
        *web_routers(base, topics, stop),
        panel_router(desk),
        announcements_router(announcements(base), sending(base), keys.holder),
        metrics_router(base.metrics, base.settings.metrics_token.get_secret_value()),
    ]
    if base.settings.twilio_account_sid:
        routers += import_module("hub.messaging.sms").routers(base, assistant)
    return routers


def api_services(base: bootstrap.Foundation, parser: CheckedParser, assistant: Assistant, topics: Topics) -> Services:
    """Return what the routes of an API process work with."""

    async def redis_answers() -> None:
        await base.redis.ping()

    health = HealthCheck(
        needed={"database": base.database.ping}, helpful={"redis": redis_answers, "understanding": parser.check}
    )
    return Services(
        assistant=assistant,
        chat_guard=bootstrap.chat_guard(base),
        health=health,
        air=topics.air,
        agenda=topics.agenda,
        open_data=topics.open_data(),
        city=base.city,
        clock=base.clock,
        demo=base.settings.is_demo,
        kept=base.kept,
        web=web_options(base),
        metrics=base.metrics,
    )
