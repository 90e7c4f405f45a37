"""What the documents say is so."""

import re
from pathlib import Path

import pytest

from core.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_every_setting_is_in_the_readme_and_the_example(name: str) -> None:
    assert f"| `{name}` |" in README
    assert re.search(rf"^#{name}=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)


def test_nothing_is_documented_that_is_no_setting() -> None:
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}


def test_the_two_commands_stand_first_then_the_picture() -> None:
    assert README.index("make run") < README.index("make test") < README.index("![") < README.index("\n## ")


@pytest.mark.parametrize(
    "link", re.findall(r"\]\((?!http)([^)#]+)\)", README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
)
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize(
    "path",
    sorted(set(re.findall(r"`(tests/[\w./]+)`", (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")))),
)
def test_what_the_threat_model_leans_on_is_there(path: str) -> None:
    assert (ROOT / path).exists()
