from pathlib import Path

import pytest

from tests.api.panel.conftest import Panel
from tests.bot.teaching.school import School


@pytest.fixture
def school(staff_panel: Panel, tmp_path: Path) -> School:
    """The database and the store of models of the panel, with a model in service."""
    return School(staff_panel.desk.database, staff_panel.clock, tmp_path)
