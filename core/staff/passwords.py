"""Passwords: argon2id in a thread, few at a time, and what a new one must be like."""

import asyncio
import secrets
import unicodedata
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from core.secrets import easily_read
from core.staff.errors import PasswordFault, PasswordRefusedError
from core.staff.names import fold_name

SHORTEST, LONGEST = 12, 128
"""Characters of a password people choose (our own rule; NIST SP 800-63B-4 asks for 8 beside a second factor)."""

# Each hash takes 64 MB and one core; more at once would let a flood of sign-ins take the memory of the service.
_AT_ONCE = 2
_LEAST_DIFFERENT = 5
_COMMON = ("haslo", "password", "qwerty", "123456", "abcdef", "zaq12wsx", "admin", "polska")
_GROUPS, _GROUP = 4, 5


class Passwords:
    """Hashes and checks passwords; `hasher` may be a cheaper one in tests."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._nobodys = _hash_of_nothing(self._hasher)

    async def hash(self, password: str) -> str:
        """Return what is stored of a password."""
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, _normal(password))

    async def matches(self, stored: str | None, password: str) -> bool:
        """Whether a password is the stored one; for nobody's (None) the same work is done and the answer is no."""
        async with self._turns:
            is_right = await asyncio.to_thread(self._verified, stored or self._nobodys, _normal(password))
        return is_right and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with weaker parameters than those of today."""
        return self._hasher.check_needs_rehash(stored)

    def _verified(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def new_one_time_password() -> str:
    """Return a random password of 99 bits, in groups that are easily read out."""
    return "-".join(easily_read(_GROUP) for _ in range(_GROUPS))


def check_password(password: str, name: str) -> None:
    """Check a password that the person of that name has chosen.

    Raises:
        PasswordRefusedError: it breaks a rule.
    """
    if fault := _fault(_normal(password), name):
        raise PasswordRefusedError(fault)


def _fault(password: str, name: str) -> PasswordFault | None:
    if len(password) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    folded = fold_name(password)
    if any(len(part) > 3 and part in folded for part in fold_name(name).replace(".", " ").split()):
        return "holds_name"
    rest = folded
    for common in _COMMON:
        rest = rest.replace(common, "")
    if len(set(folded)) < _LEAST_DIFFERENT or len(rest) < SHORTEST // 2:
        return "too_simple"
    return None


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """Return a hash that no password has, and whose check takes as long as any other."""
    salt, random = (_base64(secrets.token_bytes(size)) for size in (hasher.salt_len, hasher.hash_len))
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${random}"


def _base64(data: bytes) -> str:
    return b64encode(data).decode().rstrip("=")


def _normal(password: str) -> str:
    # The same letters typed on another keyboard may be other bytes.
    return unicodedata.normalize("NFKC", password)
