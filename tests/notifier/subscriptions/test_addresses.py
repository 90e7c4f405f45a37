"""One address has one form, and only Polish mobiles get SMS."""

import pytest

from notifier.subscriptions.addresses import AddressRefusedError, normalise


@pytest.mark.parametrize(
    "written",
    ["+48512345678", "512345678", "512 345 678", "512-345-678", "+48 512 345 678", "0048512345678", " 512345678 "],
)
def test_a_polish_mobile_has_one_form(written: str) -> None:
    assert normalise("sms", written) == "+48512345678"


@pytest.mark.parametrize(
    "written",
    [
        "76 721 21 00",  # a landline in the city's own zone
        "+4915123456789",  # a German mobile
        "+1 202 555 0143",
        "12345",
        "112",
        "800 100 100",
        "",
        "jan@example.com",
        "5123456789012",
    ],
)
def test_anything_else_is_refused_in_polish(written: str) -> None:
    with pytest.raises(AddressRefusedError, match="To nie jest numer polskiego telefonu komórkowego"):
        normalise("sms", written)


def test_an_account_is_kept_as_the_channel_gives_it() -> None:
    assert normalise("telegram", " 123456789 ") == "123456789"
    with pytest.raises(AddressRefusedError, match="brakuje adresu"):
        normalise("telegram", " ")


def test_a_group_cannot_be_signed_up() -> None:
    with pytest.raises(AddressRefusedError, match="prywatnej rozmowie"):
        normalise("telegram", "-100200300")
