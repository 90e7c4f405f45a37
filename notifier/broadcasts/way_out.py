"""The way out of notifications, named by each SMS that has room for it."""

from functools import lru_cache

from core.sms_text import segments, to_gsm

# STOP is a word that the assistant obeys (bot/flows/commands.py).
_WAY_OUT = "\nRezygnacja: STOP"


# A broadcast asks for each of its recipients.
@lru_cache(64)
def way_out(text: str) -> str:
    """Return what is added at the end of an SMS; nothing where it would cost another part."""
    return _WAY_OUT if segments(to_gsm(text + _WAY_OUT)) == segments(to_gsm(text)) else ""
