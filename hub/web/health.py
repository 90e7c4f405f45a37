"""Puts together what the panel says of the state of the product."""

from api.panel.health.reading import Health
from content.known_sources import given_settings
from content.pack import City
from content.texts import Texts
from core.clock import Clock
from core.database import Database
from core.settings import Settings
from hub.gaps import gap_finder
from hub.messaging.channels import sms_budget
from hub.understanding.teaching import shelf
from notifier.pricing import SegmentPrice


def health(settings: Settings, clock: Clock, database: Database, city: City, texts: Texts) -> Health:
    """Return what reads the state of the product."""
    return Health(
        database,
        clock,
        texts,
        find_gaps=gap_finder(city, texts),
        models=shelf(settings),
        budget=sms_budget(settings),
        price=SegmentPrice(settings.sms_price),
        settings=given_settings(settings),
        providers={
            "sms": bool(settings.twilio_account_sid),
            "telegram": bool(settings.telegram_bot_token.get_secret_value()),
        },
    )
