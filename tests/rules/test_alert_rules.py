"""The alarms of Prometheus can be read, speak of figures that exist, go off when they should, and are explained."""

import asyncio
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

from core.processes.pulse import Pulse
from core.settings import Settings
from hub.bootstrap import foundation
from hub.messaging.channels import open_channels, worker
from hub.migrations.run import upgrade
from hub.watching.port import show_metrics
from hub.watching.process import Parts
from nlu.serving.service import ModelService
from nlu.store import ModelStore
from notifier.scheduler import Scheduler
from notifier.scheduler.leadership import leadership
from notifier.scheduler.runs import JobRuns

ROOT = Path(__file__).parents[2]
RULES = ROOT / "deploy" / "alerts.yml"
ALARMS: list[dict[str, Any]] = [
    rule for group in yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]
]
NAMES = [alarm["alert"] for alarm in ALARMS]
PROMETHEUS_OWN = {"up"}


@pytest.fixture(scope="module")
def exposed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of all figures of a process with every role."""
    page = asyncio.run(_page(tmp_path_factory.mktemp("figures")))
    counters = re.findall(r"^# TYPE (\S+) (?:counter|gauge|untyped)$", page, re.MULTILINE)
    histograms = re.findall(r"^# TYPE (\S+) histogram$", page, re.MULTILINE)
    return {*counters, *(f"{name}_{end}" for name in histograms for end in ("bucket", "count", "sum"))}


async def _page(folder: Path) -> str:
    settings = Settings(var_dir=folder, database_url=f"sqlite:///{folder / 'hub.db'}")
    async with foundation(settings) as base, open_channels(base) as every:
        await upgrade(base.database)
        scheduler = Scheduler([], JobRuns(base.database, base.clock), leadership(base.database))
        model = ModelService(ModelStore(folder / "models"), lambda _archive: pytest.fail("nothing is served here"))
        pulse, stop = Pulse(base.clock), asyncio.Event()
        pulse.written()
        leading = asyncio.create_task(scheduler.run(stop))
        while not scheduler.leads:  # noqa: ASYNC110 - it says nothing of it by itself
            await asyncio.sleep(0.01)
        show_metrics(base, Parts(["worker"], pulse, scheduler, worker(base, every), model))
        page = await base.metrics.page()
        stop.set()
        await leading
    return page.decode()


@pytest.mark.parametrize("alarm", ALARMS, ids=NAMES)
def test_it_can_be_read_and_speaks_of_figures_that_exist(alarm: dict[str, Any], exposed: set[str]) -> None:
    promql_parser.parse(alarm["expr"])
    spoken_of = set(re.findall(r"\b(hub_\w+|up)\b", alarm["expr"]))
    assert spoken_of
    assert spoken_of <= exposed | PROMETHEUS_OWN


@pytest.mark.parametrize("alarm", ALARMS, ids=NAMES)
def test_it_says_in_polish_what_to_do_and_where_more_is_told(alarm: dict[str, Any]) -> None:
    told = alarm["annotations"]
    assert alarm["labels"]["severity"] in {"critical", "warning"}
    assert told["summary"]
    assert told["description"].endswith(".")
    file, _, anchor = told["handbook"].partition("#")
    headings = re.findall(r"^### (\S+)$", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert anchor == alarm["alert"].lower()
    assert alarm["alert"] in headings


def test_every_alarm_that_is_explained_exists() -> None:
    explained = re.findall(r"^### (\S+)$", (ROOT / "docs" / "alarms.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert explained == NAMES


@pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed (Debian package prometheus)")
@pytest.mark.parametrize(
    "arguments", [["check", "rules", str(RULES)], ["test", "rules", str(Path(__file__).with_name("alert_cases.yml"))]]
)
def test_prometheus_itself_agrees(arguments: list[str]) -> None:
    result = subprocess.run(["promtool", *arguments], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
