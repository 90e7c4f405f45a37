from collections.abc import Iterator

import pytest
import stamina

from tests.content.sources.gios.wire import GiosWire


@pytest.fixture(autouse=True)
def _retries_do_not_wait() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


@pytest.fixture
def wire() -> GiosWire:
    return GiosWire()
