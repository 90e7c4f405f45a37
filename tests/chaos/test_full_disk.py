"""The whole product on a small disk that runs full, and has room again."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.chaos import invariants
from tests.fixtures.running import HUB, ROOT, RunningHub, hub_environment

pytestmark = pytest.mark.long

_ROOM = "8m"
_OWN_DISK = ["unshare", "--map-root-user", "--mount", "sh", "-c"]


@dataclass(frozen=True)
class SmallDisk:
    """A hub whose database lies on a disk of its own, which only its process sees; `folder` leads there."""

    hub: RunningHub
    folder: Path

    def fill(self) -> None:
        """Leave no byte."""
        with (self.folder / "filler").open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                return

    def make_room(self) -> None:
        (self.folder / "filler").unlink()

    def faults(self) -> list[str]:
        """Return what SQLite finds wrong with the database's file."""
        with sqlite3.connect(self.folder / "hub.db") as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        connection.close()
        return [fault for fault in found if fault != "ok"]

    def say(self, **turn: object) -> httpx2.Response:
        return httpx2.post(f"{self.hub.url}/api/v1/chat", json=turn, timeout=20)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = f"mount -t tmpfs -o size={_ROOM} tmpfs {place}"
    if not shutil.which("unshare") or subprocess.run([*_OWN_DISK, mount], capture_output=True, check=False).returncode:
        pytest.skip("this system lets no test have a disk of its own")
    environment = hub_environment(
        tmp_path, DATABASE_URL=f"sqlite:///{place / 'hub.db'}", NLU_URL="http://127.0.0.1:9", NLU_TOKEN="none"
    )
    log = tmp_path / "run.log"
    with log.open("wb") as output:
        command = [*_OWN_DISK, f"{mount} && exec {HUB} run"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    hub = RunningHub(process, f"http://127.0.0.1:{environment['PORT']}", log)
    try:
        # What the demo writes when it starts comes last.
        hub.wait_until(lambda: hub.status() == "degraded" and log.read_text().count("Panel /panel") == 3, within=120)
        yield SmallDisk(hub, Path(f"/proc/{process.pid}/root{place}"))
    finally:
        process.kill()
        process.wait(10)


def test_a_full_disk_is_said_clearly_breaks_nothing_and_is_over_when_there_is_room(disk: SmallDisk) -> None:
    conversation = disk.say(button="help").json()["conversation"]
    disk.fill()

    refused = disk.say(button="help", conversation=conversation)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert "112" in refused.json()["detail"]
    danger = disk.say(text="czuję gaz w mieszkaniu", conversation=conversation)
    assert danger.status_code == 200
    assert "112" in danger.json()["answers"][0]["text"]
    assert disk.hub.status() == "degraded"
    assert httpx2.get(disk.hub.url, timeout=20).status_code == 200

    disk.make_room()
    disk.hub.wait_until(lambda: disk.say(button="help", conversation=conversation).status_code == 200, within=30)
    assert disk.say(button="help", conversation=conversation).json()["conversation"] == conversation
    assert disk.faults() == []
    assert disk.hub.stop() == 0
    invariants.assert_logs_keep_secrets([disk.hub.log.read_text()], [conversation])
