"""Residents' addresses at rest: encrypted, bound to their place, and found again by a keyed digest."""

import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import ConfigurationError, HubError
from core.secrets import keyed_digest

KEY_ID_BYTES = 4
"""Bytes at the beginning of everything sealed that name its key."""

_SHORTEST_KEY = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SHORTEST_SEALED = KEY_ID_BYTES + _NONCE_BYTES + _TAG_BYTES


class UnsealError(HubError):
    """A sealed address cannot be opened: its key is not among ENCRYPTION_KEYS, or it was changed or moved."""


class AddressVault:
    """Seals addresses with the first key and opens what any of the keys sealed.

    Sealed form: id of the key (4 bytes), nonce (12 bytes), AES-256-GCM-SIV ciphertext with its tag.

    Raises:
        ConfigurationError: no key, a key under 32 characters, or one key twice.
    """

    def __init__(self, encryption_keys: Sequence[str], index_key: str) -> None:
        _check(encryption_keys, index_key)
        self._ciphers = {
            _derive(key, b"key id")[:KEY_ID_BYTES]: AESGCMSIV(_derive(key, b"address encryption"))
            for key in encryption_keys
        }
        self._sealing_id = next(iter(self._ciphers))
        # Derived, so that no digest made elsewhere with the same secret equals a digest of an address.
        self._index_key = _derive(index_key, b"address index").hex()
        self._index_id = _derive(index_key, b"address index id")[:KEY_ID_BYTES]

    @property
    def key_ids(self) -> tuple[str, ...]:
        """Names of the keys in hexadecimal, the sealing one first; they tell nothing of the keys."""
        return tuple(key_id.hex() for key_id in self._ciphers)

    @property
    def index_id(self) -> str:
        """Name of the key of the digests in hexadecimal; it tells nothing of the key."""
        return self._index_id.hex()

    def seal(self, plain: str, context: str) -> bytes:
        """Encrypt `plain`; it opens only with the same `context`, which names the place where it is stored."""
        nonce = os.urandom(_NONCE_BYTES)
        ciphertext = self._ciphers[self._sealing_id].encrypt(nonce, plain.encode(), context.encode())
        return self._sealing_id + nonce + ciphertext

    def open(self, sealed: bytes, context: str) -> str:
        """Return what was sealed.

        Raises:
            UnsealError: the key is unknown, or the bytes or their context are not those that were sealed.
        """
        cipher = self._ciphers.get(sealed[:KEY_ID_BYTES])
        if cipher is None:
            message = "A sealed address names an unknown key: add the key that sealed it to ENCRYPTION_KEYS."
            raise UnsealError(message)
        message = "A sealed address was changed or moved to another place: it is refused."
        if len(sealed) < _SHORTEST_SEALED:
            raise UnsealError(message)
        nonce, ciphertext = sealed[KEY_ID_BYTES:][:_NONCE_BYTES], sealed[KEY_ID_BYTES + _NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, ciphertext, context.encode()).decode()
        except InvalidTag as error:
            raise UnsealError(message) from error

    def reseal(self, sealed: bytes, context: str, new_context: str | None = None) -> bytes:
        """Seal the same again with the first key, tied to a new place if there is one.

        Raises:
            UnsealError: as `open` does.
        """
        return self.seal(self.open(sealed, context), new_context or context)

    def digest(self, value: str) -> str:
        """Return the HMAC-SHA256 by which a value is found again, 64 hexadecimal characters."""
        return keyed_digest(self._index_key, value)


def key_id_of(sealed: bytes) -> str:
    """Return the name of the key that sealed something, in hexadecimal."""
    return sealed[:KEY_ID_BYTES].hex()


def _check(encryption_keys: Sequence[str], index_key: str) -> None:
    if not encryption_keys:
        message = "ENCRYPTION_KEYS is missing: set at least one key of 32 random characters."
        raise ConfigurationError(message)
    if any(len(key) < _SHORTEST_KEY for key in (*encryption_keys, index_key)):
        message = "A key is too short: every key of ENCRYPTION_KEYS and SECRET_KEY needs at least 32 random characters."
        raise ConfigurationError(message)
    if len(set(encryption_keys)) != len(encryption_keys):
        message = "ENCRYPTION_KEYS names one key twice: name each key once, the newest first."
        raise ConfigurationError(message)


def _derive(key: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(key.encode())
