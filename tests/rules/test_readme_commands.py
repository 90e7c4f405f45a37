"""Every command of the README runs: here, or in the script that CI runs."""

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.fixtures.running import ROOT, RunningHub, free_port, hub_environment

README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
COMMANDS = [
    line.split("  #")[0].split(" # ")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]
BY_CI = {"make test", "make test-long", "make check"}
QUICK_SUITE = "make test-quick"
# Takes a minute: every sentence of the development sets goes through the model.
EVALUATION = ".venv/bin/hub nlu evaluate"
HERE = [
    pytest.param(command, marks=pytest.mark.long if command == EVALUATION else ())
    for command in COMMANDS
    if command not in BY_CI | {"make run", QUICK_SUITE}
]


def test_ci_runs_the_suites() -> None:
    assert set(CI) & set(COMMANDS) >= BY_CI


@pytest.mark.rasa
@pytest.mark.parametrize("command", HERE)
def test_the_command_runs(command: str, shared_hub: RunningHub, tmp_path: Path) -> None:
    command = command.replace("http://127.0.0.1:8000", shared_hub.url)
    # All of the measuring takes ten minutes: one part shows that the command works.
    environment = hub_environment(tmp_path, BENCH="planning")
    result = subprocess.run(command, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()


@pytest.mark.long
def test_the_quick_suite_runs() -> None:
    assert QUICK_SUITE in COMMANDS
    result = subprocess.run(QUICK_SUITE, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.rasa
def test_make_run_starts_the_product(rasa_model: Path, tmp_path: Path) -> None:
    environment = hub_environment(tmp_path, PORT=str(free_port()))
    command = ["make", "run"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout
        printed = []
        for line in process.stdout:
            printed.append(line)
            if line.startswith("Ready: "):
                break
        os.killpg(process.pid, signal.SIGINT)
        printed.extend(process.stdout)
    assert f"Ready: http://127.0.0.1:{environment['PORT']} (Ctrl-C stops everything)\n" in printed
    assert printed[-1] == "Stopped.\n"
