"""Where a resident wants the answer: a phone number or an e-mail address, checked before it is kept."""

import re
from dataclasses import dataclass, field

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

from bot.handoffs.handoff import ReplyTo

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE | re.ASCII)
_LONGEST_EMAIL = 254
_LEAST_DIGITS = 5
_SPEAKS_OF_PHONE = re.compile(r"(?:\b(?:m[oó]j|numer|nr|tel|telefon|to|kom|kom[oó]rka)\b[.: ]*)+", re.IGNORECASE)


@dataclass(frozen=True)
class ReplyAddress:
    """A way to answer; a phone number is in E.164."""

    kind: ReplyTo
    value: str = field(repr=False)

    @property
    def hint(self) -> dict[str, str]:
        """Return as much of the address as shows the resident that it was understood, and no more."""
        if self.kind == "phone":
            return {"end": self.value[-3:]}
        start, _, domain = self.value.partition("@")
        return {"start": start[:1], "domain": domain}


def read_address(text: str) -> ReplyAddress | None:
    """Return the e-mail address or phone number (Polish unless it says otherwise) that a text consists of or names."""
    if email := _EMAIL.search(text):
        whole = email.group()
        return ReplyAddress("email", whole.lower()) if len(whole) <= _LONGEST_EMAIL and ".." not in whole else None
    try:
        number = parse(_SPEAKS_OF_PHONE.sub("", text).strip(" .,"), "PL")
    except NumberParseException:
        return None
    return ReplyAddress("phone", format_number(number, PhoneNumberFormat.E164)) if is_valid_number(number) else None


def looks_like_address(text: str) -> bool:
    """Whether a text is an attempt at an address, so that its fault is told instead of being taken for a question."""
    return "@" in text or sum(character.isdigit() for character in text) >= _LEAST_DIGITS
