"""The ways to staff: e-mail over SMTP, and any channel of ours, such as a Telegram chat."""

import asyncio
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from typing import Literal

from core.logging import get_logger
from notifier.channels.base import Channel, OutgoingMessage, Receipt

_log = get_logger(__name__)

_SECONDS = 15.0


@dataclass(frozen=True)
class MailServer:
    """The city's mail server; `starttls` and `tls` check its certificate, `none` is for a server on this machine."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


class MailWay:
    """Sends notices by e-mail."""

    def __init__(self, server: MailServer, sender: str, recipients: Sequence[str]) -> None:
        self._server = server
        self._sender = sender
        self._recipients = recipients

    async def send(self, subject: str, body: str) -> bool:
        """Send one e-mail to all recipients; return whether the server took it."""
        try:
            async with asyncio.timeout(2 * _SECONDS):
                await asyncio.to_thread(self._send, subject, body)
        except (OSError, smtplib.SMTPException, TimeoutError) as error:
            # Its text may name addresses.
            _log.error("no e-mail to staff", error=type(error).__name__)
            return False
        return True

    def _send(self, subject: str, body: str) -> None:
        message = EmailMessage(policy=SMTP)
        message["Subject"], message["From"], message["To"] = subject, self._sender, ", ".join(self._recipients)
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=self._sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        with self._connect() as connection:
            if self._server.user:
                connection.login(self._server.user, self._server.password)
            connection.send_message(message)

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            return smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=ssl.create_default_context())
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
        if server.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        return connection


class ChannelWay:
    """Sends notices over a channel, to one address of the staff."""

    def __init__(self, channel: Channel, address: str) -> None:
        self._channel = channel
        self._address = address

    async def send(self, subject: str, body: str) -> bool:
        """Send one message; return whether the provider took it."""
        outcome = await self._channel.send(self._address, OutgoingMessage(subject, body, delivery_id=0))
        return isinstance(outcome, Receipt)
