"""SMS that residents sent to the city's number, as Twilio keeps them, whether or not our webhook ever heard of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientError
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from core.errors import HubError
from notifier.channels.twilio.http import TwilioHttp
from notifier.channels.twilio.sms import TwilioAccount

_MOST = 1000
# Twilio waits 15 s for a webhook's answer, whose message it then creates.
_ANSWERED_WITHIN = timedelta(seconds=30)


class MailboxUnavailable(HubError):  # noqa: N818 - a state of the provider, not a mistake
    """Twilio could not be asked; the message names neither number nor text."""


@dataclass(frozen=True)
class ReceivedSms:
    """A message of a resident; `at` is when Twilio received it (UTC)."""

    id: str
    # Left out of what a traceback may show.
    number: str = field(repr=False)
    body: str = field(repr=False)
    media: bool
    at: datetime


class TwilioMailbox:
    """Reads one account's messages to and from its number; a name as sender receives nothing."""

    def __init__(self, account: TwilioAccount) -> None:
        self._number = account.sender if account.sender.startswith("+") else ""
        self._http = TwilioHttp(account.api_base)
        self._client = Client(account.sid, account.auth_token, http_client=self._http)

    async def received(self, since: datetime, until: datetime) -> Sequence[ReceivedSms]:
        """Return what came in between two moments, oldest first.

        Raises:
            MailboxUnavailable: Twilio could not be asked.
        """
        if not self._number:
            return ()
        listed = await self._listed(self._number, since)
        found = (_received(each) for each in listed if str(each.direction) == "inbound")
        return sorted((sms for sms in found if since <= sms.at <= until), key=lambda sms: sms.at)

    async def has_reply(self, sms: ReceivedSms) -> bool:
        """Whether a webhook's answer went out right after a message; a later one answers another message.

        Raises:
            MailboxUnavailable: Twilio could not be asked.
        """
        listed = await self._listed(sms.number, sms.at)
        replies = (_created(each) for each in listed if str(each.direction) == "outbound-reply")
        return any(sms.at <= at <= sms.at + _ANSWERED_WITHIN for at in replies)

    async def close(self) -> None:
        """Close the connections to Twilio."""
        await self._http.close()

    async def _listed(self, number: str, since: datetime) -> Sequence[Any]:
        # Twilio filters by whole days of UTC.
        day = since.astimezone(UTC).date().isoformat()
        try:
            messages: Sequence[Any] = await self._client.messages.list_async(
                to=number, date_sent_after=day, limit=_MOST, page_size=_MOST
            )
        except (TwilioException, ClientError, TimeoutError) as error:
            # Its text may hold the number.
            raise MailboxUnavailable(f"Twilio could not be asked: {type(error).__name__}.") from None
        return messages


def _received(message: Any) -> ReceivedSms:  # noqa: ANN401 - the library has no types
    has_media = str(message.num_media or "0") != "0"
    return ReceivedSms(message.sid, message.from_, message.body or "", has_media, _created(message))


def _created(message: Any) -> datetime:  # noqa: ANN401 - the library has no types
    """Return when Twilio got a message; one without a date is older than any that counts."""
    created: datetime | None = message.date_created
    return created or datetime.min.replace(tzinfo=UTC)
