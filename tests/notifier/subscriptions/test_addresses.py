"""One address has one form, only Polish mobiles get SMS, and each refusal says why."""

import pytest

from content.pack import load_city
from content.texts import Texts
from notifier.subscriptions.addresses import AddressFault, AddressRefusedError, masked, normalise


@pytest.mark.parametrize(
    "written",
    ["+48512345678", "512345678", "512 345 678", "512-345-678", "+48 512 345 678", "0048512345678", " 512345678 "],
)
def test_a_polish_mobile_has_one_form(written: str) -> None:
    assert normalise("sms", written) == "+48512345678"


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("76 721 21 00", "landline"),  # in the city's own zone
        ("39 123 45 67", "landline"),  # telephony over the internet
        ("701 234 567", "premium"),
        ("+4915123456789", "foreign"),
        ("+1 202 555 0143", "foreign"),
        ("12345", "no_mobile"),
        ("112", "no_mobile"),
        ("800 100 100", "no_mobile"),
        ("jan@example.com", "no_mobile"),
        ("5123456789012", "no_mobile"),
        ("", "empty"),
        (" ", "empty"),
    ],
)
def test_anything_else_is_refused_with_its_reason(written: str, fault: str) -> None:
    with pytest.raises(AddressRefusedError) as refused:
        normalise("sms", written)
    assert refused.value.fault == fault


def test_every_refusal_has_its_sentence() -> None:
    wording = Texts(load_city("legnica").folder)["alerts_subscribe"]
    assert {f"refused_{fault}" for fault in AddressFault} <= set(wording.more)


def test_an_account_is_kept_as_the_channel_gives_it() -> None:
    assert normalise("telegram", " 123456789 ") == "123456789"
    with pytest.raises(AddressRefusedError):
        normalise("telegram", " ")


def test_a_group_cannot_be_signed_up() -> None:
    with pytest.raises(AddressRefusedError) as refused:
        normalise("telegram", "-100200300")
    assert refused.value.fault == "group"


def test_a_masked_address_tells_two_apart_and_reaches_nobody() -> None:
    assert masked("sms", "+48512345678") == "+48 *** *** 678"
    assert masked("telegram", "5123456789") == "***789"
