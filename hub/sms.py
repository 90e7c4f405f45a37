"""Puts the SMS channel together; imported only where it is served, because its library is slow to import."""

from fastapi import APIRouter

from api.webhooks.twilio import TwilioWebhook, twilio_router
from api.webhooks.twilio_form import TwilioCaller
from api.webhooks.twilio_status import PATH as STATUS_PATH
from api.webhooks.twilio_status import TwilioStatusWebhook, twilio_status_router
from bot.assistant import Assistant
from bot.guard import ChatGuard
from bot.sms.inbound import SmsInbox
from core.ratelimit import RateLimiter
from hub.bootstrap import Foundation, chat_guard
from notifier.channels.twilio.signature import SignatureCheck
from notifier.channels.twilio.sms import TwilioAccount, TwilioSmsChannel
from notifier.deliveries.receipts import Receipts

# Two machines that answer each other are told once a minute at most that they write too much.
_NOTICES_PER_MINUTE = 1


def routers(base: Foundation, assistant: Assistant) -> tuple[APIRouter, ...]:
    """Return the routes by which Twilio hands residents' SMS over and reports what became of ours."""
    settings = base.settings
    secret = settings.secret_key.get_secret_value()
    notices = ChatGuard(RateLimiter(base.redis), _NOTICES_PER_MINUTE, secret)
    inbox = SmsInbox(assistant, base.database, base.clock, chat_guard(base), notices, secret)
    signature = SignatureCheck(settings.twilio_auth_token.get_secret_value())
    caller = TwilioCaller(settings.twilio_account_sid, settings.public_url, signature)
    receipts = Receipts(base.database, base.clock)
    return twilio_router(TwilioWebhook(caller, inbox)), twilio_status_router(TwilioStatusWebhook(caller, receipts))


def channel(base: Foundation) -> TwilioSmsChannel:
    """Return the channel that sends SMS; whoever asks for it closes it."""
    settings = base.settings
    account = TwilioAccount(
        sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token.get_secret_value(),
        api_base=settings.twilio_api_base,
        sender=settings.twilio_from,
        service_sid=settings.twilio_messaging_service_sid,
        status_url=f"{settings.public_url.rstrip('/')}{STATUS_PATH}" if settings.public_url else "",
    )
    return TwilioSmsChannel(account, base.clock)
