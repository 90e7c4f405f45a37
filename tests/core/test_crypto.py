"""Addresses at rest: nobody reads, changes or moves them, and keys can be replaced."""

import pytest

from core.crypto import AddressVault, UnsealError
from core.errors import ConfigurationError
from core.secrets import keyed_digest

OLD, NEW, INDEX = "old-" * 8, "new-" * 8, "index-" * 8
PLACE = "contacts.address_sealed:sms:1"


@pytest.fixture
def vault() -> AddressVault:
    return AddressVault([OLD], INDEX)


def test_what_is_sealed_opens_again(vault: AddressVault) -> None:
    assert vault.open(vault.seal("+48600100200", PLACE), PLACE) == "+48600100200"
    assert vault.open(vault.seal("zażółć", PLACE), PLACE) == "zażółć"


def test_the_same_address_never_looks_the_same(vault: AddressVault) -> None:
    sealed = {vault.seal("+48600100200", PLACE) for _ in range(50)}
    assert len(sealed) == 50
    assert not any(b"600100200" in one for one in sealed)


def test_every_changed_bit_is_refused(vault: AddressVault) -> None:
    sealed = vault.seal("+48600100200", PLACE)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(UnsealError):
            vault.open(bytes(changed), PLACE)


@pytest.mark.parametrize("length", range(32))
def test_a_shortened_address_is_refused(vault: AddressVault, length: int) -> None:
    with pytest.raises(UnsealError):
        vault.open(vault.seal("+48600100200", PLACE)[:length], PLACE)


def test_an_address_moved_to_another_row_is_refused(vault: AddressVault) -> None:
    sealed = vault.seal("+48600100200", PLACE)
    with pytest.raises(UnsealError, match="changed or moved"):
        vault.open(sealed, "contacts.address_sealed:sms:2")


def test_a_new_key_seals_while_the_old_one_still_opens(vault: AddressVault) -> None:
    before = vault.seal("+48600100200", PLACE)
    rotated = AddressVault([NEW, OLD], INDEX)
    after = rotated.seal("+48600100200", PLACE)
    assert rotated.open(before, PLACE) == rotated.open(after, PLACE) == "+48600100200"
    assert AddressVault([NEW], INDEX).open(after, PLACE) == "+48600100200"
    with pytest.raises(UnsealError, match="ENCRYPTION_KEYS"):
        vault.open(after, PLACE)


def test_a_digest_is_found_again_and_depends_on_the_key_only(vault: AddressVault) -> None:
    digest = vault.digest("sms:+48600100200")
    assert len(digest) == 64
    assert AddressVault([NEW], INDEX).digest("sms:+48600100200") == digest
    assert AddressVault([OLD], NEW).digest("sms:+48600100200") != digest


def test_a_digest_is_no_id_of_a_conversation_under_the_same_secret(vault: AddressVault) -> None:
    assert vault.digest("telegram:123") != keyed_digest(INDEX, "telegram:123")


@pytest.mark.parametrize(
    ("keys", "index", "complaint"),
    [([], INDEX, "missing"), (["short"], INDEX, "short"), ([OLD], "short", "short"), ([OLD, OLD], INDEX, "twice")],
)
def test_wrong_keys_stop_the_start(keys: list[str], index: str, complaint: str) -> None:
    with pytest.raises(ConfigurationError, match=complaint):
        AddressVault(keys, index)
