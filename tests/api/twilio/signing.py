"""An account at Twilio, and how Twilio signs what it posts."""

import base64
import hashlib
import hmac
from collections.abc import Iterable

ACCOUNT, TOKEN, PUBLIC_URL = "AC0123", "auth-token", "https://miasto.example"


def signature_of(fields: Iterable[tuple[str, str]], url: str) -> str:
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    return base64.b64encode(hmac.new(TOKEN.encode(), signed.encode(), hashlib.sha1).digest()).decode()
