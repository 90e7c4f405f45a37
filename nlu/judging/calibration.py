"""Does a probability mean what it says: of the guesses made with 0.7, are seven of ten right?"""

from collections.abc import Sequence

from pydantic import BaseModel

BINS = 10


class Bin(BaseModel, frozen=True):
    """Guesses whose probability lies from `start` to `start` + 1/BINS: their number, mean probability, share right."""

    start: float
    guesses: int
    confidence: float
    right: float


class Calibration(BaseModel, frozen=True):
    """Bins that hold a guess; `error` is the expected calibration error (0: probabilities mean what they say)."""

    error: float
    bins: tuple[Bin, ...]


def calibrate(guesses: Sequence[tuple[float, bool]]) -> Calibration:
    """Return the calibration of (probability, was right) pairs."""
    bins = []
    for number in range(BINS):
        held = [guess for guess in guesses if min(int(guess[0] * BINS), BINS - 1) == number]
        if held:
            confidence = sum(probability for probability, _ in held) / len(held)
            right = sum(was_right for _, was_right in held) / len(held)
            bins.append(Bin(start=number / BINS, guesses=len(held), confidence=confidence, right=right))
    error = sum(entry.guesses * abs(entry.confidence - entry.right) for entry in bins) / len(guesses)
    return Calibration(error=error, bins=tuple(bins))
