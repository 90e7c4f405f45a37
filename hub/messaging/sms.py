"""Puts the SMS channel together; imported only where it is served, because its library is slow to import."""

import asyncio
from datetime import timedelta

from fastapi import APIRouter

from api.webhooks.refusals import Refusals
from api.webhooks.twilio import twilio_router
from api.webhooks.twilio_form import TwilioCaller
from api.webhooks.twilio_status import PATH as STATUS_PATH
from api.webhooks.twilio_status import twilio_status_router
from bot.assistant import Assistant
from bot.sms.guard import SmsGuard
from bot.sms.inbound import SmsInbox
from bot.sms.missed import MissedSms, Send
from core.clock import Clock
from core.ratelimit import RateLimiter
from hub.bootstrap import Foundation
from hub.messaging.channels import staff_notices
from notifier.channels.base import Channel, Misconfigured, OutgoingMessage, Retryable, Throttled
from notifier.channels.twilio.mailbox import TwilioMailbox
from notifier.channels.twilio.signature import SignatureCheck
from notifier.channels.twilio.sms import TwilioAccount, TwilioSmsChannel
from notifier.deliveries.receipts import Receipts

# A late answer that has not arrived by then is of no use.
_LATE_ANSWER_LIFE = timedelta(hours=1)


def routers(base: Foundation, assistant: Assistant) -> tuple[APIRouter, ...]:
    """Return the routes by which Twilio hands residents' SMS over and reports what became of ours."""
    settings = base.settings
    signature = SignatureCheck(settings.twilio_auth_token.get_secret_value())
    caller = TwilioCaller(settings.twilio_account_sid, settings.public_url, signature, Refusals(base.metrics.web))
    status = twilio_status_router(caller, Receipts(base.database, base.clock), staff_notices(base))
    return twilio_router(caller, _inbox(base, assistant)), status


async def answer_missed(base: Foundation, assistant: Assistant, stop: asyncio.Event) -> None:
    """Answer the SMS that no webhook brought, until told to stop."""
    mailbox, sms = TwilioMailbox(_account(base)), channel(base)
    try:
        await MissedSms(mailbox, _inbox(base, assistant), late_sender(sms, base.clock), base.clock).run(stop)
    finally:
        await mailbox.close()
        await sms.close()


def channel(base: Foundation) -> TwilioSmsChannel:
    """Return the channel that sends SMS; whoever asks for it closes it."""
    return TwilioSmsChannel(_account(base), base.clock)


def late_sender(channel: Channel, clock: Clock) -> Send:
    """Return what sends an answer that no webhook waits for any more."""

    async def send(number: str, text: str) -> bool:
        message = OutgoingMessage("", text, 0, expires_at=clock.now() + _LATE_ANSWER_LIFE)
        # Without an answer it may have been accepted, and nobody should get it twice.
        return not isinstance(await channel.send(number, message), Retryable | Throttled | Misconfigured)

    return send


def _inbox(base: Foundation, assistant: Assistant) -> SmsInbox:
    secret = base.settings.secret_key.get_secret_value()
    guard = SmsGuard(RateLimiter(base.redis), base.settings.chat_limit, secret)
    return SmsInbox(assistant, base.database, base.clock, guard, secret, texts=base.texts, places=base.places)


def _account(base: Foundation) -> TwilioAccount:
    settings = base.settings
    return TwilioAccount(
        sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token.get_secret_value(),
        api_base=settings.twilio_api_base,
        sender=settings.twilio_from,
        service_sid=settings.twilio_messaging_service_sid,
        status_url=f"{settings.public_url}{STATUS_PATH}" if settings.public_url else "",
    )
