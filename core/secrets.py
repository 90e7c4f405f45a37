"""Secrets handed to people and the keyed digests under which they are stored."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """Return an unguessable, URL-safe token of 256 bits."""
    return secrets.token_urlsafe(32)


def keyed_digest(key: str, value: str) -> str:
    """Return the HMAC-SHA256 of `value` in hexadecimal: found again with the key, useless without it."""
    return hmac.new(key.encode(), value.encode(), hashlib.sha256).hexdigest()
