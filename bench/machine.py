"""What the figures were measured on."""

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from nlu.model import RASA_PROJECT, ROOT

_LIBRARIES = ("fastapi", "uvicorn", "uvloop", "sqlalchemy", "psycopg", "aiosqlite", "httpx2", "aiogram", "twilio")


def machine() -> dict[str, str]:
    """Return the facts of this machine, of the libraries and of the code, by name; the load is of the last minute."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GB",
        "kernel": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "rasa": _rasa_version(),
        "libraries": ", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
        "commit": _commit(),
        "load before": f"{os.getloadavg()[0]:.2f}",
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _rasa_version() -> str:
    found = (ROOT / RASA_PROJECT / ".venv").glob("lib/python*/site-packages/rasa-*.dist-info")
    return next((path.name.removesuffix(".dist-info").removeprefix("rasa-") for path in found), "not installed")


def _commit() -> str:
    try:
        name = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{name} with changes" if changed else name


def _git(*arguments: str) -> str:
    command = ("git", "-C", str(ROOT), *arguments)
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603
