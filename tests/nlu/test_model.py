import os
import shutil
from pathlib import Path

import pytest

from nlu.model import ROOT, fingerprint, model_path

INPUTS = [
    "core/text.py",
    "nlu/rasa/config.yml",
    "nlu/rasa/train.py",
    "nlu/rasa/uv.lock",
    "nlu/rasa/components/tokenizer.py",
    "nlu/rasa/components/ngrams.py",
    "nlu/rasa/components/classifier.py",
    "nlu/rasa/data/air.yml",
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sources a model is made of."""
    for name in ("nlu/rasa/components", "nlu/rasa/data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in INPUTS[:4]:
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    return tmp_path


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_of_the_training_changes_the_fingerprint(copy: Path, name: str) -> None:
    before = fingerprint(copy)
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write("\n")

    assert fingerprint(copy) != before


def test_a_new_and_a_renamed_data_file_change_the_fingerprint(copy: Path) -> None:
    seen = [fingerprint(copy)]
    added = copy / "nlu/rasa/data/new.yml"
    added.write_text("nlu: []", encoding="utf-8")
    seen.append(fingerprint(copy))
    added.rename(added.with_name("newer.yml"))
    seen.append(fingerprint(copy))

    assert len(set(seen)) == 3


def test_touching_or_serving_differently_does_not_change_the_fingerprint(copy: Path) -> None:
    before = model_path(Path("models"), copy)
    for name in INPUTS:
        os.utime(copy / name, (0, 0))
    (copy / "nlu/rasa/serve.py").write_text("pass", encoding="utf-8")
    (copy / "nlu/rasa/data/notes.txt").write_text("not training data", encoding="utf-8")

    assert model_path(Path("models"), copy) == before
