"""The way out of notifications, which the end of each one to a resident names."""

from functools import lru_cache

from core.sms_text import segments, to_gsm

TELEGRAM_WAY_OUT = "Ustawienia i rezygnacja: /alerty"
"""Last line in Telegram; the command is the assistant's (bot/telegram/commands.py)."""
# STOP is a word that the assistant obeys (bot/flows/commands.py).
_SMS_WAY_OUT = "\nRezygnacja: STOP"


# A broadcast asks for each of its recipients.
@lru_cache(64)
def way_out(channel: str, text: str) -> str:
    """Return what is added at the end of a whole text; nothing where it would cost another part of an SMS."""
    match channel:
        case "sms":
            return _SMS_WAY_OUT if segments(to_gsm(text + _SMS_WAY_OUT)) == segments(to_gsm(text)) else ""
        case "telegram":
            return f"\n\n{TELEGRAM_WAY_OUT}"
        case _:
            return ""
