"""The systemd units, read as far as we use them."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.fixtures.running import ROOT

FOLDER = ROOT / "deploy" / "systemd"
COMMON = FOLDER / "hub-.service.d" / "common.conf"


@dataclass(frozen=True)
class Unit:
    """One file of settings; a name may stand there several times."""

    path: Path
    lines: tuple[tuple[str, str, str], ...]

    def all(self, section: str, name: str) -> list[str]:
        """Return every value of a name."""
        return [value for where, key, value in self.lines if (where, key) == (section, name)]

    def one(self, section: str, name: str) -> str:
        """Return the only value of a name."""
        (value,) = self.all(section, name)
        return value

    @property
    def environment(self) -> dict[str, str]:
        """Return what is set for the process."""
        words = [word for value in self.all("Service", "Environment") for word in shlex.split(value)]
        return {name: value for name, _, value in (word.partition("=") for word in words)}


def read_unit(path: Path) -> Unit:
    """Return what a unit or a drop-in says."""
    section, found = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.append((section, name, value))
    return Unit(path, tuple(found))


def services() -> list[Unit]:
    """Return the units that run a command of the product."""
    return [read_unit(path) for path in sorted(FOLDER.glob("hub-*.service"))]
