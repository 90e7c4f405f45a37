"""Sources of a model and trainers, both as small as can be."""

import sys
from pathlib import Path

from nlu.model import DATA

TRAINS = """
import os, pathlib, sys
data, output = map(pathlib.Path, sys.argv[1:])
print("training", flush=True)
print("a warning", file=sys.stderr, flush=True)
output.write_text(data.joinpath("air.yml").read_text() + os.environ.get("SECRET_KEY", "no secrets"))
print("done", flush=True)
"""
FAILS = """
import sys
print("training", flush=True)
sys.exit("ValueError: no such intent")
"""
FORGETS = "print('done')"
CHANGES_ITS_SOURCES = """
import pathlib, sys
data, output = map(pathlib.Path, sys.argv[1:])
data.joinpath("new.yml").write_text("nlu: []")
output.write_text("a model of which sentences?")
"""


def new_sources(root: Path) -> Path:
    """Write sources with one data file of two sentences and return their root."""
    for name in ("core/text.py", "nlu/rasa/config.yml", "nlu/rasa/train.py", "nlu/rasa/uv.lock"):
        _write(root / name, "")
    change(root)
    return root


def change(root: Path, word: str = "") -> None:
    """Write other sentences than the ones before; with the same word the same ones."""
    path = root / DATA / "air.yml"
    word = word or ("dobry" if not path.exists() else "nowy")
    _write(path, f"nlu:\n- intent: greet\n  examples: |\n    - dzień {word}\n    - hej\n")


def command(script: str) -> list[str]:
    """Return the command of a trainer."""
    return [sys.executable, "-c", script]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
