"""What a reply says on a channel, in the city's words."""

from content.texts import Wording
from core.sms_text import segments, to_gsm

MAX_SMS = 900
"""Longest reply by SMS in characters: about six parts, and well below what providers take in one message."""


def letter_text(wording: Wording, channel: str, reference: str, text: str) -> str:
    """Return the whole message; `wording` is that of leaving a message for the office."""
    return wording.say(f"letter_{channel}", reference=reference, text=text)


def sms_parts(text: str) -> int:
    """Return how many parts an SMS has; it goes out without Polish letters, as every SMS of ours."""
    return segments(to_gsm(text))
