"""Fixtures live in tests/fixtures, one file a subject."""

pytest_plugins = [f"tests.fixtures.{name}" for name in ("time", "servers", "product", "rasa", "running", "browser")]
