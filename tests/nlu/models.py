"""Stores and models for tests: an archive is any file, what counts is what is known about it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from nlu.model import SUFFIX, code_fingerprint
from nlu.record import ModelRecord, Verdict
from nlu.store import ModelStore, digest

FIRST = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


def name(number: int) -> str:
    """Return the name of a model."""
    return f"{number:016x}"


def add(
    store: ModelStore,
    folder: Path,
    number: int,
    content: str = "a model",
    code: str | None = None,
    verdict: Verdict = Verdict.UNTESTED,
) -> Path:
    """Put a model into a store, newer with a higher number, and return its archive."""
    trained = folder / f"trained{SUFFIX}"
    trained.write_text(content, encoding="utf-8")
    store.add(
        trained,
        ModelRecord(
            name=name(number),
            code=code_fingerprint() if code is None else code,
            sha256=digest(trained),
            trained_at=FIRST + timedelta(hours=number),
            sentences=2436,
            verdict=verdict,
        ),
    )
    return store.archive(name(number))
