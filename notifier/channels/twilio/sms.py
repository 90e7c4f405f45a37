"""SMS through Twilio's Messages API (twilio.com/docs/messaging/api/message-resource)."""

from dataclasses import dataclass

from aiohttp import ClientError
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.rest import Client

from core.clock import Clock
from core.sms_text import to_gsm
from notifier.channels.base import Channel, Outcome, OutgoingMessage, Receipt, Rejected, Unanswered
from notifier.channels.twilio.errors import not_answered, refused
from notifier.channels.twilio.http import TwilioHttp

_LONGEST = 1600
"""Characters that Twilio accepts in one message."""


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

    def __init__(self, account: TwilioAccount, clock: Clock) -> None:
        super().__init__("sms")
        self._account = account
        self._clock = clock
        self._http = TwilioHttp(account.api_base)
        self._messages = Client(account.sid, account.auth_token, http_client=self._http).messages

    async def _send(self, address: str, message: OutgoingMessage) -> Outcome:
        text = to_gsm(f"{message.title}\n{message.body}")
        if len(text) > _LONGEST:
            return Rejected("too_long")
        try:
            sent = await self._messages.create_async(to=address, body=text, **self._options(message))
        except (TwilioRestException, TwilioServiceException) as error:
            return refused(error.status, error.code, self._clock.now())
        except (ClientError, TimeoutError) as error:
            return not_answered(error)
        return Receipt(sent.sid) if sent.sid else Unanswered("no_sid")

    def _options(self, message: OutgoingMessage) -> dict[str, str]:
        account = self._account
        options = {"messaging_service_sid": account.service_sid} if account.service_sid else {"from_": account.sender}
        if account.status_url:
            # Our own number too: a report may come before the answer that tells us Twilio's.
            options["status_callback"] = f"{account.status_url}?delivery={message.delivery_id}"
        return options

    async def close(self) -> None:
        """Close the connections to Twilio."""
        await self._http.close()
