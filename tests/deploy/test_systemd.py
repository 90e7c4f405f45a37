"""deploy/systemd: units that systemd accepts, commands and settings that exist, and little that a process may do."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.settings import Settings
from tests.deploy.command_line import is_command
from tests.deploy.units import COMMON, FOLDER, Unit, read_unit, services

SERVICES = services()
every_service = pytest.mark.parametrize("unit", SERVICES, ids=[unit.path.name for unit in SERVICES])
ONCE = {"hub-migrate.service", "hub-backup.service"}
WORST_EXPOSURE = 2.0
"""Of ten, as `systemd-analyze security` counts; most services of a distribution have nine."""
analyze = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")


@every_service
def test_a_unit_runs_a_command_with_settings_that_exist(unit: Unit) -> None:
    program, *words = unit.one("Service", "ExecStart").split()
    assert program == "/opt/hub/.venv/bin/hub"
    assert is_command(words)
    assert unit.environment.keys() <= {name.upper() for name in Settings.model_fields}


def test_the_shared_settings_exist_and_no_unit_sets_one_again() -> None:
    common = read_unit(COMMON).environment
    assert common.keys() - {"PYTHONDONTWRITEBYTECODE"} <= {name.upper() for name in Settings.model_fields}
    # A drop-in goes before the unit, so the unit's own value would not count.
    assert not [unit.path.name for unit in SERVICES if common.keys() & unit.environment.keys()]


@every_service
def test_a_process_has_limits_and_time_to_finish(unit: Unit) -> None:
    assert unit.one("Service", "MemoryMax")
    assert unit.one("Service", "TasksMax")
    if unit.path.name in ONCE:
        assert unit.one("Service", "Type") == "oneshot"
        return
    assert unit.one("Service", "Restart") == "on-failure"
    assert int(unit.one("Service", "TimeoutStopSec")) >= 20
    assert unit.one("Unit", "Requires") == unit.one("Unit", "After") == "hub-migrate.service"
    assert unit.one("Install", "WantedBy") == "hub.target"


def test_processes_of_one_machine_answer_on_ports_of_their_own() -> None:
    ports = [unit.environment["METRICS_PORT"] for unit in SERVICES if unit.path.name not in ONCE]
    assert len(set(ports)) == len(ports)


def test_nothing_runs_as_root_or_writes_where_it_should_not() -> None:
    common = read_unit(COMMON)
    assert common.one("Service", "User") == "hub"
    assert common.one("Service", "ProtectSystem") == "strict"
    assert common.one("Service", "NoNewPrivileges") == "yes"
    assert common.all("Service", "CapabilityBoundingSet") == [""]


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as installed, with the program of this checkout, which systemd wants to see."""
    folder = tmp_path / "system"
    shutil.copytree(FOLDER, folder)
    for path in folder.rglob("hub*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            program = str(Path(sys.executable).with_name("hub"))
            path.write_text(text.replace("/opt/hub/.venv/bin/hub", program), encoding="utf-8")
    return folder


def _analyze(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SYSTEMD_UNIT_PATH": f"{folder}:/usr/lib/systemd/system"}
    return subprocess.run(["systemd-analyze", *words], env=environment, capture_output=True, text=True, check=False)


def _instances(folder: Path) -> list[str]:
    return [path.name.replace("@.", "@8001.") for path in sorted(folder.glob("hub*.*")) if path.is_file()]


@analyze
def test_systemd_accepts_every_unit(installed: Path) -> None:
    result = _analyze(installed, "verify", *_instances(installed))
    assert result.stdout + result.stderr == ""
    assert result.returncode == 0


@analyze
def test_what_an_attacker_inside_could_do_is_little(installed: Path) -> None:
    if "--offline" not in _analyze(installed, "--help").stdout:
        pytest.skip("this systemd-analyze does not judge units that are not installed")
    for name in _instances(installed):
        if name.endswith(".service"):
            told = _analyze(installed, "security", "--offline=true", name).stdout
            score = re.search(r"exposure level for \S+: ([\d.]+)", told)
            assert score, told
            assert float(score[1]) <= WORST_EXPOSURE, name
