"""docs/operations.md: every command, setting, file and process that it names exists."""

import re

import pytest

from core.settings import Settings
from tests.deploy.command_line import is_command, named_commands
from tests.deploy.compose import load_compose
from tests.deploy.units import FOLDER
from tests.fixtures.running import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
COMMANDS = sorted({tuple(words) for words in named_commands(TEXT.replace("\\\n", " "))})
COMPOSE = load_compose()
# Names in capitals that are no settings: of the proxy, of the installation, of SQL.
OTHER_NAMES = {"API_UPSTREAMS", "HUB_VERSION", "HUB_ETC", "NEW_VERSION", "UV_PYTHON_INSTALL_DIR"}


def test_there_are_commands() -> None:
    assert {("doctor",), ("nlu", "serve"), ("backup", "/backups", "--keep", "14")} <= set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS, ids=[" ".join(words) for words in COMMANDS])
def test_a_command_exists_with_its_options(words: tuple[str, ...]) -> None:
    assert is_command(list(words))


def test_every_process_of_the_file_is_explained() -> None:
    table = TEXT.split("## What runs")[1].split("\n## ")[0]
    assert {name for name in COMPOSE.services if not re.search(rf"\b{name}\b", table)} == set()


def test_every_setting_that_is_named_exists() -> None:
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", TEXT))
    assert named - OTHER_NAMES <= {name.upper() for name in Settings.model_fields}
    files = set(re.findall(r"/etc/hub/secrets/([a-z_]+)", TEXT)) - set(COMPOSE.secrets)
    assert files <= set(Settings.model_fields)


def test_every_file_and_unit_that_is_named_exists() -> None:
    for path in re.findall(r"\b(deploy/[\w./@-]*\w)", TEXT):
        assert (ROOT / path).exists() or list(ROOT.glob(f"{path}*")), path
    units = {path.name.split(".")[0].replace("@", "") for path in FOLDER.glob("hub-*.*") if path.is_file()}
    assert units >= set(re.findall(r"\b(hub-(?!backups)[a-z]+)\b", TEXT))


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http)([^)#]+)", TEXT))))
def test_a_link_leads_somewhere(link: str) -> None:
    assert (ROOT / "docs" / link).exists()


def test_compose_is_asked_about_services_that_exist() -> None:
    calls = re.findall(r"docker compose (?:[^\n`]*?)\b(?:exec|restart|stop|start)((?: [a-z][\w-]*)+)", TEXT)
    assert calls
    for words in calls:
        first = words.split()[0]
        assert first in COMPOSE.services, words
