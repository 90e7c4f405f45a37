"""The whole application, in this process and on a port of loopback."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.security.whole import ServedWhole, Whole, open_whole, serve_whole, whole_settings


@pytest.fixture
async def whole(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Whole]:
    """The application of the demo with every channel."""
    async with open_whole(whole_settings(tmp_path, migrated_file)) as opened:
        yield opened


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[ServedWhole]:
    """The application of the demo on a real port."""
    with serve_whole(whole_settings(tmp_path_factory.mktemp("served"), migrated_file)) as served:
        yield served


@pytest.fixture(scope="session")
def strict_site(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[ServedWhole]:
    """The application of a production in which nobody may ask twice within half a minute."""
    folder = tmp_path_factory.mktemp("strict")
    with serve_whole(whole_settings(folder, migrated_file, production=True, chat_per_minute="2")) as served:
        yield served
