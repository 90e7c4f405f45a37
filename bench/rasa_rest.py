"""Rasa's own REST channel, to compare with: the same sentences and pipeline, and a rule that answers each intent.

The assistant is as small as Rasa allows: one fixed text for each intent, conversations in memory. It is trained once
for the present sources and served by Rasa's own command.
"""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from bench.models import Served, serving
from bench.part import NotMeasured
from core.settings import Settings
from nlu.model import DATA, RASA_PROJECT, ROOT, SUFFIX, fingerprint
from nlu.serving.process import start, stop

REST_PATH = "/webhooks/rest/webhook"


async def rest_model(settings: Settings) -> Path:
    """Return the model of Rasa's own assistant, trained if there is none for the present sources."""
    kept = _Kept(settings.var_dir)
    if not kept.exists:
        with tempfile.TemporaryDirectory(dir=kept.path.parent) as folder:
            inputs = _inputs(Path(folder))
            await _train(_rasa(settings), inputs)
            kept.replace(Path(folder) / f"rest{SUFFIX}")
    return kept.path


@asynccontextmanager
async def rest_channel(settings: Settings, model: Path) -> AsyncIterator[Served]:
    """Serve the assistant with its REST channel; yield once it answers."""
    with tempfile.TemporaryDirectory() as folder:
        async with serving(_command(_rasa(settings), model, Path(folder))) as (server,):
            yield server


class _Kept:
    """Where the model lies between runs, under a name made of all it is trained from."""

    def __init__(self, var_dir: Path) -> None:
        made_of = fingerprint().encode() + Path(__file__).read_bytes()
        folder = (var_dir / "bench").absolute()
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"rest-{sha256(made_of).hexdigest()[:16]}{SUFFIX}"

    @property
    def exists(self) -> bool:
        return self.path.is_file()

    def replace(self, trained: Path) -> None:
        """Move a trained model in, and throw away those of earlier sources."""
        for old in self.path.parent.glob(f"rest-*{SUFFIX}"):
            old.unlink()
        trained.replace(self.path)


def _rasa(settings: Settings) -> list[str]:
    return [str(settings.nlu_python.absolute()), "-m", "bench.rasa_cli"]


def _command(rasa: list[str], model: Path, folder: Path) -> Callable[[int], list[str]]:
    """Return the command that serves the model on a port."""
    credentials = folder / "credentials.yml"
    _write(credentials, {"rest": None})
    fixed = [*rasa, "run", "--model", str(model), "--enable-api", "--quiet", "--credentials", str(credentials)]
    return lambda port: [*fixed, "--interface", "127.0.0.1", "--port", str(port)]


def _inputs(folder: Path) -> list[str]:
    """Write what the assistant is trained from; return the arguments of the training."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / DATA).glob("*.yml")]
    intents = sorted({block["intent"] for file in files for block in file["nlu"]})
    config = yaml.safe_load((ROOT / RASA_PROJECT / "config.yml").read_text(encoding="utf-8"))
    rules = [{"rule": name, "steps": [{"intent": name}, {"action": f"utter_{name}"}]} for name in intents]
    responses = {f"utter_{name}": [{"text": f"Odpowiedź na pytanie: {name}"}] for name in intents}
    _write(folder / "config.yml", {**config, "policies": [{"name": "RulePolicy"}]})
    _write(folder / "domain.yml", {"version": "3.1", "intents": intents, "responses": responses})
    _write(folder / "rules.yml", {"version": "3.1", "rules": rules})
    named = ("--config", folder / "config.yml", "--domain", folder / "domain.yml", "--out", folder)
    data = ("--fixed-model-name", "rest", "--data", ROOT / DATA, folder / "rules.yml")
    return [str(argument) for argument in (*named, *data)]


async def _train(rasa: list[str], inputs: list[str]) -> None:
    child = await start([*rasa, "train", *inputs], {})
    try:
        said = await child.stderr.read() if child.stderr else b""
        await child.wait()
    finally:
        await stop(child)
    if child.returncode != 0:
        raise NotMeasured(f"Rasa's own assistant could not be trained: {said.decode(errors='replace')[-300:]}")


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
