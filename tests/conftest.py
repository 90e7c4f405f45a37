"""Fixtures live in tests/fixtures, one file a subject."""

import gc
import os
from collections import Counter
from collections.abc import Generator

import pytest
from hypothesis import settings

# A gate must say the same of the same code each time; examples at random are for the developer's own runs.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

pytest_plugins = [f"tests.fixtures.{name}" for name in ("time", "servers", "product", "running", "rasa", "browser")]

# A file with the real model or a browser comes where one of so many tests does.
_SLOW_FILE = 20


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    # Modules and tests stay to the end, and a test's garbage dies young: looking through all took a fifth of the run.
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 10, 50)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with many tests first; the slow ones behind them, so that the quick ones fill up both processes."""
    weights = Counter(item.path for item in items)
    for item in items:
        if item.get_closest_marker("rasa") or item.get_closest_marker("browser"):
            weights[item.path] = _SLOW_FILE
    items.sort(key=lambda item: -weights[item.path])
