"""SMS through Twilio's Messages API (twilio.com/docs/messaging/api/message-resource)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientError
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.rest import Client

from core.clock import Clock
from core.sms_text import segments, to_gsm
from notifier.channels.base import (
    Channel,
    Fate,
    Found,
    Inquiry,
    NotFound,
    Outcome,
    OutgoingMessage,
    Receipt,
    Rejected,
    Sighting,
    Unanswered,
)
from notifier.channels.twilio.errors import not_answered, refused, worth_another_try
from notifier.channels.twilio.http import TwilioHttp

_LONGEST = 1600
"""Characters that Twilio accepts in one message."""
_SHORTEST_LIFE, _LONGEST_LIFE = 60, 36_000
"""Seconds that Twilio may be told to keep trying; without being told it tries for ten hours."""
_LISTED = 100
# Between our stamp and Twilio's own lie a wait for our turn, the call, and clocks that differ.
_EARLIER, _LATER = timedelta(minutes=1), timedelta(minutes=2)

FATES = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), Fate.ACCEPTED),
    **dict.fromkeys(("delivered", "read"), Fate.DELIVERED),
    **dict.fromkeys(("failed", "undelivered", "canceled"), Fate.FAILED),
}
"""What Twilio's words for the state of an outgoing message mean."""


@dataclass(frozen=True)
class TwilioAccount:
    """Whose messages these are: `sender` is a number or name, unless `service_sid` names a messaging service."""

    sid: str
    auth_token: str
    api_base: str
    sender: str
    service_sid: str
    status_url: str
    """Where Twilio reports what became of a message; empty: nowhere."""


class TwilioSmsChannel(Channel):
    """Sends each delivery as one SMS in the GSM alphabet."""

    can_look_up = True

    def __init__(self, account: TwilioAccount, clock: Clock) -> None:
        super().__init__("sms")
        self._account = account
        self._clock = clock
        self._http = TwilioHttp(account.api_base)
        self._client = Client(account.sid, account.auth_token, http_client=self._http)

    def parts(self, message: OutgoingMessage) -> int:
        """Return how many parts the SMS has, which is what networks count and bill."""
        return segments(to_gsm(message.as_text()))

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        text = to_gsm(message.as_text())
        if len(text) > _LONGEST:
            return Rejected("too_long")
        try:
            sent = await self._client.messages.create_async(to=address, body=text, **self._options(message))
        except (TwilioRestException, TwilioServiceException) as error:
            return refused(error.status, error.code, self._clock.now())
        except (ClientError, TimeoutError) as error:
            return not_answered(error)
        return Receipt(sent.sid) if sent.sid else Unanswered("no_sid")

    async def _look_up(self, inquiry: Inquiry) -> Sighting:
        """Find a message by Twilio's id, else among those sent to the number since that day by its text and time."""
        try:
            if inquiry.provider_id:
                return _sighting([await self._client.messages(inquiry.provider_id).fetch_async()])
            # Twilio filters by whole days of UTC.
            day = (inquiry.started_at - _EARLIER).astimezone(UTC).date().isoformat()
            listed = await self._client.messages.list_async(
                to=inquiry.address, date_sent_after=day, limit=_LISTED, page_size=_LISTED
            )
        except (TwilioRestException, TwilioServiceException) as error:
            return NotFound() if inquiry.provider_id and error.status == 404 else Unanswered(str(error.status))
        except (ClientError, TimeoutError) as error:
            return Unanswered(type(error).__name__)
        return _sighting([message for message in listed if _is_the_one(message, inquiry)])

    def _options(self, message: OutgoingMessage) -> dict[str, Any]:
        account = self._account
        options: dict[str, Any] = (
            {"messaging_service_sid": account.service_sid} if account.service_sid else {"from_": account.sender}
        )
        if message.expires_at:
            left = round((message.expires_at - self._clock.now()).total_seconds())
            options["validity_period"] = min(max(left, _SHORTEST_LIFE), _LONGEST_LIFE)
        if account.status_url and message.delivery_id:
            # Our own number too: a report may come before the answer that tells us Twilio's.
            options["status_callback"] = f"{account.status_url}?delivery={message.delivery_id}"
        return options

    async def close(self) -> None:
        """Close the connections to Twilio."""
        await self._http.close()


def _is_the_one(message: Any, inquiry: Inquiry) -> bool:  # noqa: ANN401 - the library has no types
    created: datetime | None = message.date_created
    is_near = created is not None and inquiry.started_at - _EARLIER <= created <= inquiry.started_at + _LATER
    is_ours = str(message.direction).startswith("outbound") and message.body == to_gsm(inquiry.message.as_text())
    return is_near and is_ours and message.sid not in inquiry.others


def _sighting(messages: Sequence[Any]) -> Sighting:
    """Return the best that happened to one of these messages: the resident needs only one of them."""
    found = [_found(message) for message in messages]
    best = (Fate.DELIVERED, Fate.ACCEPTED, Fate.FAILED)
    return min(found, key=lambda one: best.index(one.fate)) if found else NotFound()


def _found(message: Any) -> Found:  # noqa: ANN401 - the library has no types
    status = str(message.status)
    fate = FATES.get(status, Fate.ACCEPTED)
    code = str(message.error_code or status) if fate is Fate.FAILED else None
    return Found(message.sid, fate, code, worth_another_try(code or ""))
