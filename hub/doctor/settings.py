"""Checks of the settings themselves: nothing is asked over the network."""

import stat
from collections.abc import Iterator, Sequence
from ipaddress import ip_network
from pathlib import Path

from core.settings import Settings
from hub.doctor.finding import Finding, doubtful, right, wrong

_LEAST_DIFFERENT_CHARACTERS = 12
_WIDEST_BITS = 20
"""A network of proxies of more addresses than 2**20 trusts strangers."""
_ANYBODY_ELSE = stat.S_IRWXG | stat.S_IRWXO
_CHOSEN = ("secret_key", "telegram_webhook_secret", "nlu_token", "metrics_token")
"""Secrets that the city chooses itself, so that their quality is its own."""


async def of_settings(settings: Settings, env_file: Path) -> Sequence[Finding]:
    """Look at the profile, the secrets, the addresses and who may read the files with secrets."""
    return [
        *_profile(settings),
        *_secrets(settings),
        *_proxies(settings),
        *_watching(settings),
        *_files(settings, env_file),
    ]


def _profile(settings: Settings) -> Iterator[Finding]:
    if settings.is_demo:
        yield doubtful("profile", "this is the demo, for one computer; a city sets HUB_PROFILE=production")
    else:
        # What production demands is checked at every start, so it is there.
        yield right("profile", f"production, residents reach it under {settings.public_url}")


def _secrets(settings: Settings) -> Iterator[Finding]:
    if settings.is_demo:
        return
    chosen = {name.upper(): getattr(settings, name).get_secret_value() for name in _CHOSEN}
    chosen |= {f"ENCRYPTION_KEYS (number {at})": key for at, key in enumerate(settings.encryption_key_list, start=1)}
    given = {name: value for name, value in chosen.items() if value}
    weak = sorted(name for name, value in given.items() if len(set(value)) < _LEAST_DIFFERENT_CHARACTERS)
    for name in weak:
        yield wrong("secrets", f"{name} is easy to guess: make a random one, for example with `openssl rand -hex 32`")
    by_value: dict[str, list[str]] = {}
    for name, value in given.items():
        by_value.setdefault(value, []).append(name)
    reused = [names for names in by_value.values() if len(names) > 1]
    for names in reused:
        yield wrong("secrets", f"{' and '.join(names)} are the same: give each a value of its own")
    if not weak and not reused:
        yield right("secrets", f"{len(given)} secrets of your own, each long, random and used once")


def _proxies(settings: Settings) -> Iterator[Finding]:
    faults = [fault for part in settings.trusted_proxies.split(",") if (fault := _proxy_fault(part.strip()))]
    for fault in faults:
        yield wrong(
            "TRUSTED_PROXIES", f"{fault}: name the addresses of your own proxies only, or anybody may pose as another"
        )
    if not faults:
        yield right("TRUSTED_PROXIES", f"{settings.trusted_proxies} may name the caller's address")


def _proxy_fault(part: str) -> str:
    if part == "*":
        return "* trusts everybody"
    try:
        network = ip_network(part, strict=False)
    except ValueError:
        return f"{part or 'nothing'} is no address"
    if network.max_prefixlen - network.prefixlen > _WIDEST_BITS:
        return f"{part} is a very wide network"
    return ""


def _watching(settings: Settings) -> Iterator[Finding]:
    if settings.metrics_port:
        yield right("METRICS_PORT", f"this process says how it is on {settings.metrics_host}:{settings.metrics_port}")
    elif not settings.is_demo:
        yield doubtful(
            "METRICS_PORT",
            "it is 0 here: fine if each process has one of its own, else nobody hears when one stands still",
        )


def _files(settings: Settings, env_file: Path) -> Iterator[Finding]:
    files = [env_file] if env_file.is_file() else []
    if settings.secrets_dir and settings.secrets_dir.is_dir():
        names = Settings.model_fields
        files += [file for file in sorted(settings.secrets_dir.iterdir()) if file.name in names and file.is_file()]
    if exposed := " ".join(str(file) for file in files if _is_exposed(file)):
        yield doubtful("files", f"others on this machine may read or change settings: chmod 600 {exposed}")
    elif files:
        yield right("files", f"{len(files)} files with settings, read by nobody else on this machine")


def _is_exposed(file: Path) -> bool:
    """Whether others may read it; a folder that keeps them out, as deploy/secrets.sh makes one, is enough."""
    return bool(file.stat().st_mode & _ANYBODY_ELSE and file.absolute().parent.stat().st_mode & stat.S_IXOTH)
