"""The form of a call that Twilio signed."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Request

from api.problems import Problem
from api.webhooks.refusals import Refusals
from notifier.channels.twilio.signature import HEADER, SignatureCheck

_REFUSED = "Nie udało się potwierdzić, że wiadomość przekazał dostawca SMS."


@dataclass(frozen=True)
class TwilioCaller:
    """Whose calls are genuine, and what was refused; `public_url` is the address under which Twilio calls us."""

    account_sid: str
    public_url: str
    signature: SignatureCheck
    refusals: Refusals = field(default_factory=Refusals)

    async def form(self, request: Request, path: str) -> dict[str, str]:
        """Return the fields of a genuine call; of a repeated name the first value counts.

        Raises:
            Problem: 403, the call is not from Twilio or for another account.
        """
        # A form is ASCII; what is not fails the signature.
        body = (await request.body()).decode("ascii", "replace")
        fields = parse_qsl(body, keep_blank_values=True)
        # Signed is the public address: behind a proxy the address seen here is another one.
        query = request.scope["query_string"].decode("ascii", "replace")
        url = f"{self.public_url}{path}{'?' if query else ''}{query}"
        is_signed = self.signature.form(url, fields, request.headers.get(HEADER, ""))
        if not is_signed or {value for name, value in fields if name == "AccountSid"} != {self.account_sid}:
            self.refusals.note(path, "forged")
            raise Problem(403, _REFUSED)
        return dict(reversed(fields))
