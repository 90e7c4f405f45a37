"""Kills and restarts of the running product."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.fixtures.running import RunningHub, start_hub

pytestmark = [pytest.mark.long, pytest.mark.rasa]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_understanding_comes_back_after_its_process_is_killed(hub: RunningHub) -> None:
    (model,) = hub.children()
    os.kill(model, signal.SIGKILL)
    hub.wait_until(lambda: hub.status() == "degraded", within=10)
    body = hub.ask(text="jakie jest powietrze?")
    assert "Przyciski działają" in body["answers"][0]["text"]
    pressed = hub.ask(button=body["answers"][0]["buttons"][0]["payload"], conversation=body["conversation"])
    assert pressed["understanding"]["decision"] == "answered"
    hub.wait_until(lambda: hub.status() == "ok", within=30)
    assert hub.ask(text="jakie jest powietrze?")["understanding"]["intent"] == "air_quality_now"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_in_order(hub: RunningHub, number: signal.Signals) -> None:
    children = hub.children()
    assert hub.stop(number) == 0
    assert children
    assert not any(_alive(pid) for pid in children)
    assert "Traceback" not in hub.log.read_text()


def test_the_model_does_not_outlive_a_killed_hub(hub: RunningHub) -> None:
    children = hub.children()
    assert children
    hub.process.kill()
    hub.process.wait(10)
    deadline = time.monotonic() + 10
    while any(_alive(pid) for pid in children):
        assert time.monotonic() < deadline, "the model's process is still there"
        time.sleep(0.1)


def test_whoever_got_a_reply_is_remembered_even_when_the_hub_is_killed_right_after(
    hub: RunningHub, tmp_path: Path
) -> None:
    first = hub.ask(text="jakie powietrze na Piekarach")
    hub.process.kill()
    hub.process.wait(10)
    again = start_hub(tmp_path)
    try:
        again.wait_until(lambda: again.status() == "ok", within=30)
        second = again.ask(text="a na Zosinku?", conversation=first["conversation"])
        assert second["conversation"] == first["conversation"]
        assert second["understanding"]["intent"] == "air_quality_now"
    finally:
        assert again.stop() == 0


def test_a_signal_during_the_start_stops_everything(rasa_model: Path, tmp_path: Path) -> None:
    running = start_hub(tmp_path)
    running.wait_until(lambda: "language model is starting" in running.log.read_text(), within=20)
    assert running.stop() == 0


def test_a_second_start_serves_pages_at_once_and_remembers_the_talk(hub: RunningHub, tmp_path: Path) -> None:
    first = hub.ask(text="jakie powietrze na Piekarach")
    assert hub.stop() == 0
    again = start_hub(tmp_path)
    try:
        again.wait_until(lambda: again.status() != "unreachable", within=5)
        again.wait_until(lambda: again.status() == "ok", within=30)
        second = again.ask(text="a na Zosinku?", conversation=first["conversation"])
        assert second["understanding"]["intent"] == "air_quality_now"
        assert second["conversation"] == first["conversation"]
    finally:
        assert again.stop() == 0
