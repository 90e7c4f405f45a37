"""Fixtures live in tests/fixtures, one file a subject."""

import os

from hypothesis import settings

# A gate must say the same of the same code each time; examples at random are for the developer's own runs.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

pytest_plugins = [f"tests.fixtures.{name}" for name in ("time", "servers", "product", "rasa", "running", "browser")]
