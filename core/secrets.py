"""Secrets handed to people and the keyed digests under which they are stored."""

import hashlib
import hmac
import secrets

_EASILY_READ = "23456789abcdefghjkmnpqrstuvwxyz"


def new_token() -> str:
    """Return an unguessable, URL-safe token of 256 bits."""
    return secrets.token_urlsafe(32)


def new_code(digits: int) -> str:
    """Return a random number of so many digits, to be typed from one screen into another."""
    return f"{secrets.randbelow(10**digits):0{digits}}"


def easily_read(length: int) -> str:
    """Return so many random letters and digits, 4.95 bits each, without those taken for others: 0, o, 1, l, i."""
    return "".join(secrets.choice(_EASILY_READ) for _ in range(length))


def keyed_digest(key: str, value: str) -> str:
    """Return the HMAC-SHA256 of `value` in hexadecimal: found again with the key, useless without it."""
    return hmac.new(key.encode(), value.encode(), hashlib.sha256).hexdigest()
