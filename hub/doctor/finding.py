"""What a check finds, and how checks are run: together, each within its time, none able to stop another."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.exc import DBAPIError

PATIENCE_SECONDS = 10.0


class Verdict(StrEnum):
    """How bad it is."""

    RIGHT = "ok"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One line of the report: what was looked at, how it is, and what to do where it is not right; never a secret."""

    subject: str
    verdict: Verdict
    text: str


def right(subject: str, text: str) -> Finding:
    """Return that something is as it should be."""
    return Finding(subject, Verdict.RIGHT, text)


def doubtful(subject: str, text: str) -> Finding:
    """Return that somebody should look at it."""
    return Finding(subject, Verdict.DOUBTFUL, text)


def wrong(subject: str, text: str) -> Finding:
    """Return that it must be mended."""
    return Finding(subject, Verdict.WRONG, text)


@dataclass(frozen=True)
class Check:
    """Looks at one matter; what it raises becomes a finding of its subject."""

    subject: str
    look: Callable[[], Awaitable[Sequence[Finding]]]


async def examine(checks: Iterable[Check], patience: float = PATIENCE_SECONDS) -> list[Finding]:
    """Return what all checks find, in their order; `patience` are seconds for each."""
    found = await asyncio.gather(*(_look(check, patience) for check in checks))
    return [finding for findings in found for finding in findings]


async def _look(check: Check, patience: float) -> Sequence[Finding]:
    try:
        async with asyncio.timeout(patience):
            return await check.look()
    except TimeoutError:
        return [
            wrong(check.subject, f"no answer within {patience:g} s: is it running, and does a firewall let us through?")
        ]
    except DBAPIError:
        return [wrong(check.subject, "cannot be looked at before the database is mended")]
    except Exception as error:
        # Its text may hold an address with a token or a password, so only its kind is told.
        return [
            wrong(
                check.subject, f"cannot be looked at ({type(error).__name__}): is it running, and is its address right?"
            )
        ]
