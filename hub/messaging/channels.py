"""Puts the notifier together: the channels with their limits and budgets, the workers, and the notices to staff."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module

from core.settings import Settings
from hub.bootstrap import Foundation, address_vault
from notifier.channels.base import Channel
from notifier.channels.registry import channels, chosen
from notifier.limits.port import Limits
from notifier.limits.shared import SharedLimiter
from notifier.limits.sms import SmsCaps, SmsLimits
from notifier.limits.telegram import TelegramLimits
from notifier.pricing import SegmentPrice
from notifier.spending.budget import Budget
from notifier.staff_notices.post import StaffPost, Way
from notifier.staff_notices.service import StaffNotices
from notifier.staff_notices.texts import load_notice_texts
from notifier.staff_notices.ways import ChannelWay, MailServer, MailWay
from notifier.subscriptions.service import Subscriptions
from notifier.worker import Tools, Worker

_SMS, _TELEGRAM = "sms", "telegram"


def subscriptions(base: Foundation) -> Subscriptions:
    """Return the subscriptions of residents."""
    return Subscriptions(address_vault(base.settings), base.clock)


def staff_notices(base: Foundation) -> StaffNotices:
    """Return where notices to staff are handed in."""
    return StaffNotices(base.database, base.redis, base.clock, load_notice_texts(base.city.folder))


@asynccontextmanager
async def open_channels(base: Foundation) -> AsyncIterator[dict[str, Channel]]:
    """Yield every channel by name; one without credentials writes to the outbox on the screen."""
    settings = base.settings
    async with AsyncExitStack() as stack:
        providers: list[Channel] = []
        if token := settings.telegram_bot_token.get_secret_value():
            telegram = import_module("notifier.channels.telegram")
            opened = telegram.telegram_channel(token, settings.telegram_api_base, base.clock)
            providers.append(await stack.enter_async_context(opened))
        if settings.twilio_account_sid:
            sms = import_module("hub.messaging.sms").channel(base)
            stack.push_async_callback(sms.close)
            providers.append(sms)
        yield channels(providers, base.database, base.clock)


def worker(base: Foundation, every: dict[str, Channel], names: str = "") -> Worker:
    """Return the worker of the channels that `names` lists by commas, of all of them without names.

    Raises:
        ConfigurationError: there is no channel of such a name.
    """
    tools = Tools(
        base.database,
        base.redis,
        base.clock,
        subscriptions(base).address,
        limits=limits(base),
        budgets=budgets(base),
        notices=staff_notices(base),
        metrics=base.metrics.sending,
    )
    return Worker(tools, chosen(every, names))


def staff_post(base: Foundation, every: dict[str, Channel], leads: Callable[[], bool]) -> StaffPost:
    """Return what carries notices to staff while this process `leads`, over the ways that the settings name."""
    settings, ways = base.settings, list[Way]()
    if server := mail_server(settings):
        recipients = [address.strip() for address in settings.staff_emails.split(",") if address.strip()]
        ways.append(MailWay(server, settings.smtp_from, recipients))
    if settings.staff_telegram_chat:
        ways.append(ChannelWay(every[_TELEGRAM], settings.staff_telegram_chat))
    return StaffPost(base.database, base.redis, base.clock, ways, leads)


def mail_server(settings: Settings) -> MailServer | None:
    """Return the city's mail server, if there is one."""
    if not settings.smtp_host:
        return None
    return MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_security,
        settings.smtp_user,
        settings.smtp_password.get_secret_value(),
    )


def limits(base: Foundation) -> dict[str, Limits]:
    """Return the limits of the channels that have a provider; the outbox takes whatever comes."""
    settings, limiter = base.settings, SharedLimiter(base.redis, base.clock)
    found: dict[str, Limits] = {}
    if settings.telegram_bot_token.get_secret_value():
        found[_TELEGRAM] = TelegramLimits(limiter)
    if settings.twilio_account_sid:
        caps = SmsCaps(settings.sms_parts_per_second, settings.sms_per_number_a_day, settings.sms_per_range_an_hour)
        found[_SMS] = SmsLimits(limiter, caps)
    return found


def budgets(base: Foundation) -> dict[str, Budget]:
    """Return the daily budgets of the channels that cost money."""
    return {_SMS: sms_budget(base.settings)}


def sms_budget(settings: Settings) -> Budget:
    """Return the daily budget of SMS."""
    return Budget(_SMS, SegmentPrice(settings.sms_price), settings.sms_daily_cap)
