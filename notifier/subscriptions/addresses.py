"""Addresses of residents on the channels, each in the one form under which it is stored and found."""

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_valid_number,
    number_type,
    parse,
)

from core.errors import HubError

_PHONE_CHANNELS = frozenset({"sms", "whatsapp"})
_POLAND = 48


class AddressRefusedError(HubError):
    """Nothing can be sent to this address; the text is Polish and may be shown to the resident."""


def normalise(channel: str, address: str) -> str:
    """Return the address in its one form: E.164 on channels of a phone, else without surrounding spaces.

    Raises:
        AddressRefusedError: it is no Polish mobile number, a group of Telegram, or empty.
    """
    if channel in _PHONE_CHANNELS:
        return _polish_mobile(address)
    stripped = address.strip()
    if not stripped:
        message = "Nie wiem, dokąd wysyłać powiadomienia: brakuje adresu."
        raise AddressRefusedError(message)
    # Telegram's groups have negative ids; in a group anybody could sign everybody up, or off.
    if channel == "telegram" and stripped.startswith("-"):
        message = "Powiadomienia można włączyć lub wyłączyć tylko w prywatnej rozmowie z asystentem, nie w grupie."
        raise AddressRefusedError(message)
    return stripped


def _polish_mobile(address: str) -> str:
    try:
        number = parse(address, "PL")
    except NumberParseException:
        number = None
    if (
        number is None
        or number.country_code != _POLAND
        or not is_valid_number(number)
        or number_type(number) != PhoneNumberType.MOBILE
    ):
        message = (
            "To nie jest numer polskiego telefonu komórkowego, a tylko na takie numery można wysyłać powiadomienia. "
            "Numer ma 9 cyfr, z +48 na początku lub bez."
        )
        raise AddressRefusedError(message)
    return format_number(number, PhoneNumberFormat.E164)
