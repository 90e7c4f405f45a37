"""Where to answer: only what can really be reached is taken."""

import pytest

from bot.handoffs.contact import looks_like_address, read_address


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("512 345 678", "phone", "+48512345678"),
        ("+48 512-345-678", "phone", "+48512345678"),
        ("mój numer: 512345678.", "phone", "+48512345678"),
        ("tel. 76 723 31 85", "phone", "+48767233185"),
        ("0049 30 901820", "phone", "+4930901820"),
        ("jan.kowalski@poczta.example.pl", "email", "jan.kowalski@poczta.example.pl"),
        ("to mój mail Jan@Example.PL, proszę pisać", "email", "jan@example.pl"),
    ],
)
def test_it_is_read_however_it_is_written(written: str, kind: str, value: str) -> None:
    address = read_address(written)
    assert address is not None
    assert (address.kind, address.value) == (kind, value)


@pytest.mark.parametrize(
    "written", ["51234567", "123 456 789 000 111", "jan@poczta", "@", "jan@@x.pl", "a..b@x.pl", "12345"]
)
def test_an_attempt_that_reaches_nobody_is_known_as_one(written: str) -> None:
    assert read_address(written) is None
    assert looks_like_address(written)


@pytest.mark.parametrize("written", ["", "jakie jest powietrze?", "zadzwońcie jutro", "😀", "Rynek 1"])
def test_anything_else_is_no_address(written: str) -> None:
    assert read_address(written) is None
    assert not looks_like_address(written)


def test_it_is_shown_back_only_in_part() -> None:
    phone, email = read_address("512 345 678"), read_address("jan@example.pl")
    assert phone is not None
    assert email is not None
    assert phone.hint == {"end": "678"}
    assert email.hint == {"start": "j", "domain": "example.pl"}
    assert "512345678" not in repr(phone)
