"""`POST /webhooks/twilio/status`: what became of an SMS (twilio.com/docs/messaging/guides/outbound-message-status)."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.problems import DETAILS, Problem
from api.webhooks.twilio_form import TwilioCaller
from notifier.channels.twilio.errors import ends_contact, needs_staff, says_stop, worth_another_try
from notifier.channels.twilio.sms import FATES
from notifier.deliveries.receipts import Receipts, StatusReport
from notifier.deliveries.settlement import STATES
from notifier.deliveries.states import DeliveryState
from notifier.staff_notices.service import StaffNotices

PATH = "/webhooks/twilio/status"

_CHANNEL = "sms"
_ID_DIGITS = 18
_ERROR_CHARACTERS = 20


def twilio_status_router(caller: TwilioCaller, receipts: Receipts, notices: StaffNotices) -> APIRouter:
    """Return the route of one Twilio account."""
    router = APIRouter()

    @router.post(PATH, include_in_schema=False)
    async def receive_status(request: Request) -> Response:
        fields = await caller.form(request, PATH)
        report = _report(fields, request.query_params.get("delivery", ""))
        if report and await receipts.record(report) and needs_staff(report.error or ""):
            await notices.refused_by_provider(_CHANNEL, report.error or "")
        return Response(status_code=204)

    return router


def _report(fields: Mapping[str, str], delivery: str) -> StatusReport | None:
    """Return what a call reports, None for a status that says nothing about a delivery."""
    if not fields.get("MessageSid"):
        raise Problem(400, DETAILS[400])
    status = fields.get("MessageStatus", "")
    if status not in FATES:
        return None
    state = STATES[FATES[status]]
    is_id = delivery.isascii() and delivery.isdigit() and len(delivery) <= _ID_DIGITS
    code = fields.get("ErrorCode", "")[:_ERROR_CHARACTERS] if state is DeliveryState.FAILED else ""
    return StatusReport(
        delivery_id=int(delivery) if is_id else None,
        provider_id=fields["MessageSid"],
        state=state,
        error=code or (status if state is DeliveryState.FAILED else None),
        is_gone=ends_contact(code),
        has_stopped=says_stop(code),
        retry_after=worth_another_try(code),
    )
