from pathlib import Path

import pytest

from core.database import Database
from tests.bot.teaching.school import School
from tests.fakes import FrozenClock


@pytest.fixture
def school(database: Database, clock: FrozenClock, tmp_path: Path) -> School:
    return School(database, clock, tmp_path)
