"""Addresses of residents on the channels, each in the one form under which it is stored and found."""

from enum import StrEnum

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
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


class AddressFault(StrEnum):
    """Why nothing can be sent to an address."""

    LANDLINE = "landline"
    PREMIUM = "premium"
    FOREIGN = "foreign"
    NO_MOBILE = "no_mobile"
    EMPTY = "empty"
    GROUP = "group"


_FAULT_OF: dict[int, AddressFault | None] = {
    PhoneNumberType.MOBILE: None,
    PhoneNumberType.FIXED_LINE: AddressFault.LANDLINE,
    PhoneNumberType.VOIP: AddressFault.LANDLINE,
    PhoneNumberType.UAN: AddressFault.LANDLINE,
    PhoneNumberType.PREMIUM_RATE: AddressFault.PREMIUM,
    PhoneNumberType.SHARED_COST: AddressFault.PREMIUM,
}


class AddressRefusedError(HubError):
    """Nothing can be sent to this address; what a resident reads stands in the city pack under `refused_<fault>`."""

    def __init__(self, fault: AddressFault) -> None:
        self.fault = fault
        super().__init__(f"Nothing can be sent to this address ({fault}).")


def normalise(channel: str, address: str) -> str:
    """Return the address in its one form: E.164 on channels of a phone, else without surrounding spaces.

    Raises:
        AddressRefusedError: it is no Polish mobile number, a group of Telegram, or empty.
    """
    stripped = address.strip()
    if not stripped:
        raise AddressRefusedError(AddressFault.EMPTY)
    if channel in _PHONE_CHANNELS:
        return _polish_mobile(stripped)
    # Telegram's groups have negative ids; in a group anybody could sign everybody up, or off.
    if channel == "telegram" and stripped.startswith("-"):
        raise AddressRefusedError(AddressFault.GROUP)
    return stripped


def _polish_mobile(address: str) -> str:
    try:
        number = parse(address, "PL")
    except NumberParseException as error:
        raise AddressRefusedError(AddressFault.NO_MOBILE) from error
    if fault := _fault(number):
        raise AddressRefusedError(fault)
    return format_number(number, PhoneNumberFormat.E164)


def _fault(number: PhoneNumber) -> AddressFault | None:
    if not is_valid_number(number):
        return AddressFault.NO_MOBILE
    if number.country_code != _POLAND:
        return AddressFault.FOREIGN
    return _FAULT_OF.get(number_type(number), AddressFault.NO_MOBILE)


def masked(channel: str, address: str) -> str:
    """Return an address as staff may see it: enough to tell two apart, too little to write to."""
    return f"+48 *** *** {address[-3:]}" if channel in _PHONE_CHANNELS else f"***{address[-3:]}"
