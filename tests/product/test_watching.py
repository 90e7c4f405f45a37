"""A process of its own says how it is: alive, standing still, gone; and what it counts."""

import signal
import subprocess
from pathlib import Path

import httpx2
import pytest

from tests.fixtures.running import HUB, ROOT, free_port, hub_environment, start_hub


@pytest.mark.long
def test_a_scheduler_is_watched_from_its_start_to_its_end(tmp_path: Path) -> None:
    port = free_port()
    scheduler = start_hub(tmp_path, "scheduler", METRICS_PORT=str(port))

    def health() -> tuple[int, str]:
        environment = hub_environment(tmp_path, METRICS_PORT=str(port))
        asked = subprocess.run(
            [HUB, "health"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        return asked.returncode, asked.stdout + asked.stderr

    def figures() -> str:
        return httpx2.get(f"http://127.0.0.1:{port}/metrics", timeout=60, trust_env=False).text

    try:
        scheduler.wait_until(lambda: health() == (0, "ok\n"), within=60)
        scheduler.wait_until(lambda: "hub_scheduler_leader 1.0" in figures(), within=60)
        assert 'hub_info{city="legnica",roles="scheduler"' in figures()
        assert "hub_spending_cap" in figures()
        scheduler.process.send_signal(signal.SIGSTOP)
        code, told = health()
        assert (code, "does not answer" in told) == (1, True)
        scheduler.process.send_signal(signal.SIGCONT)
        scheduler.wait_until(lambda: health()[0] == 0, within=60)
    finally:
        scheduler.process.send_signal(signal.SIGCONT)
        assert scheduler.stop() == 0
    assert health()[0] == 1
