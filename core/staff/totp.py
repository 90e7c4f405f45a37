"""The second factor: time-based codes (RFC 6238) of an app on the phone, and codes for when the phone is lost."""

from datetime import datetime, timedelta

import pyotp
from pyotp.utils import strings_equal

from core.secrets import easily_read

_STEP = timedelta(seconds=30)
_WINDOW = 1  # steps before and after the present one, for clocks that differ
_CODE_LENGTH = 6

RECOVERY_CODES = 10
"""Recovery codes of one account."""
_GROUPS, _GROUP = 2, 5


def new_secret() -> str:
    """Return a secret of 160 bits in base 32, as authenticator apps take it."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, name: str, issuer: str) -> str:
    """Return the otpauth:// address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def matching_step(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """Return the 30-second step a code belongs to, None when it is wrong, out of time or not newer than `last_step`."""
    digits = "".join(code.split())
    if len(digits) != _CODE_LENGTH or not (digits.isascii() and digits.isdigit()):
        return None
    totp, present = pyotp.TOTP(secret), int(now.timestamp() // _STEP.total_seconds())
    found = None
    for step in range(present - _WINDOW, present + _WINDOW + 1):
        # Every step is compared, so that the time taken tells nothing.
        if strings_equal(totp.generate_otp(step), digits) and step > last_step:
            found = step
    return found


def new_recovery_codes() -> tuple[str, ...]:
    """Return fresh recovery codes of 49 bits each, such as „x7k2m-9qf3p”."""
    return tuple("-".join(easily_read(_GROUP) for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES))


def normal_recovery_code(code: str) -> str:
    """Return a recovery code in its one form, however it was typed."""
    return "".join(character for character in code.lower() if character.isalnum())
