"""`POST /webhooks/twilio/sms`: an SMS of a resident, answered in the response itself."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.problems import DETAILS, Problem
from api.webhooks.twilio_form import TwilioCaller
from bot.sms.inbound import IncomingSms, SmsInbox
from notifier.channels.twilio.twiml import message_reply

PATH = "/webhooks/twilio/sms"


def twilio_router(caller: TwilioCaller, inbox: SmsInbox) -> APIRouter:
    """Return the route of one Twilio account."""
    router = APIRouter()

    @router.post(PATH, include_in_schema=False)
    async def receive_sms(request: Request) -> Response:
        text = await inbox.reply(_sms(await caller.form(request, PATH)))
        return Response(message_reply(text), media_type="application/xml")

    return router


def _sms(named: dict[str, str]) -> IncomingSms:
    if not named.get("MessageSid"):
        raise Problem(400, DETAILS[400])
    return IncomingSms(
        id=named["MessageSid"],
        number=named.get("From", ""),
        body=named.get("Body", ""),
        media=named.get("NumMedia", "0") != "0",
    )
