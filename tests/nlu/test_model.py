import os
import shutil
from pathlib import Path

import pytest

from nlu.model import ROOT, code_fingerprint, count_sentences, fingerprint

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
LOADED = [name for name in INPUTS if name != "nlu/rasa/train.py"]


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
    before = fingerprint(copy)
    for name in INPUTS:
        os.utime(copy / name, (0, 0))
    (copy / "nlu/rasa/serve.py").write_text("pass", encoding="utf-8")
    (copy / "nlu/rasa/data/notes.txt").write_text("not training data", encoding="utf-8")

    assert fingerprint(copy) == before


@pytest.mark.parametrize(("name", "is_code"), [(name, "config" not in name and "data" not in name) for name in LOADED])
def test_only_what_runs_beside_a_served_model_decides_whether_it_can_be_served(
    copy: Path, name: str, is_code: bool
) -> None:
    before = code_fingerprint(copy)
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write("\n")

    assert (code_fingerprint(copy) != before) is is_code


def test_the_sentences_are_counted(copy: Path) -> None:
    before = count_sentences(copy)
    (copy / "nlu/rasa/data/new.yml").write_text(
        "nlu:\n- intent: greet\n  examples: |\n    - hej\n    - siema\n", encoding="utf-8"
    )

    assert count_sentences(copy) == before + 2
