"""Fixtures live in tests/fixtures, one file a subject."""

pytest_plugins = ["tests.fixtures.time", "tests.fixtures.servers", "tests.fixtures.product", "tests.fixtures.rasa"]
