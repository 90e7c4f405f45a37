"""Puts together what the panel says of the state of the product."""

from functools import partial

from api.panel.health.reading import Health
from content.gaps import gaps
from content.pack import City
from content.texts import Texts
from content.topics.office.contacts import load_contacts
from content.topics.subsidies.due import due_for_check
from content.topics.subsidies.programmes import load_programmes
from core.clock import Clock
from core.database import Database
from core.settings import Settings
from hub.teaching import shelf
from notifier.pricing import SegmentPrice
from notifier.spending.budget import Budget


def health(settings: Settings, clock: Clock, database: Database, city: City, texts: Texts) -> Health:
    """Return what reads the state of the product."""
    price = SegmentPrice(settings.sms_price)
    due = partial(due_for_check, load_programmes(city.folder))
    contacts = load_contacts(city.folder)
    return Health(
        database,
        clock,
        texts,
        find_gaps=lambda day: gaps(texts, day, contacts.gaps, due),
        models=shelf(settings),
        budget=Budget("sms", price, settings.sms_daily_cap),
        price=price,
        settings={
            "EIPA_TOKEN": bool(settings.eipa_token.get_secret_value()),
            "CITY_RSS_URL": bool(settings.city_rss_url),
        },
        providers={
            "sms": bool(settings.twilio_account_sid),
            "telegram": bool(settings.telegram_bot_token.get_secret_value()),
        },
    )
