"""The parts of the Compose Specification that docker-compose.yml uses, strictly: an unknown key is a fault."""

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from tests.fixtures.running import ROOT

Text = Annotated[str, Field(min_length=1)]
Span = Annotated[str, Field(pattern=r"^\d+s$")]
Size = Annotated[str, Field(pattern=r"^\d+[MG]$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Build(_Strict):
    """How an image is built."""

    context: Literal["."]
    dockerfile: Text


class HealthCheck(_Strict):
    """How a container says that it is well."""

    test: list[Text] = []
    interval: Span = "0s"
    timeout: Span = "0s"
    retries: int = 0
    start_period: Span = "0s"
    disable: bool = False


class Limits(_Strict):
    """What a container may use at most."""

    cpus: Text
    memory: Size
    pids: int


class Resources(_Strict):
    """The limits of a container."""

    limits: Limits


class Deploy(_Strict):
    """How many containers, and their limits."""

    replicas: Annotated[int, Field(ge=1)] = 1
    resources: Resources


class Condition(_Strict):
    """What another service must have reached."""

    condition: Literal["service_healthy", "service_completed_successfully"]


class Logging(_Strict):
    """Where output goes."""

    driver: Literal["json-file"]
    options: dict[Literal["max-size", "max-file"], Text]


class Attachment(_Strict):
    """How a service stands in a network."""

    ipv4_address: Text = ""


class Service(_Strict):
    """One service."""

    image: Text
    build: Build | None = None
    pull_policy: Literal["never", "missing"] = "missing"
    user: Text
    init: bool
    read_only: bool
    cap_drop: list[Text]
    security_opt: list[Text]
    logging: Logging
    restart: Literal["unless-stopped", "no"]
    command: list[Text] = []
    env_file: list[Text] = []
    environment: dict[str, str] = {}
    secrets: list[Text] = []
    volumes: list[Text] = []
    tmpfs: list[Text] = []
    ports: list[Text] = []
    profiles: list[Text] = []
    shm_size: str = ""
    stop_grace_period: Span = "10s"
    networks: list[Text] | dict[Text, Attachment]
    healthcheck: HealthCheck
    depends_on: dict[Text, Condition] = {}
    deploy: Deploy

    @property
    def is_ours(self) -> bool:
        """Whether it runs the application."""
        return self.image.startswith(("city-assistant:", "city-assistant-nlu:"))

    @property
    def runs_once(self) -> bool:
        """Whether it ends by itself."""
        return self.restart == "no"


class Pool(_Strict):
    """Addresses of a network."""

    subnet: Text


class Pools(_Strict):
    """How addresses of a network are given out."""

    config: list[Pool]


class Network(_Strict):
    """One network."""

    internal: bool = False
    ipam: Pools | None = None


class SecretFile(_Strict):
    """A secret that is a file of the machine."""

    file: Text


class Compose(BaseModel):
    """The whole file; keys that begin with x- hold what several services share."""

    model_config = ConfigDict(extra="allow", strict=True)

    name: Text
    services: dict[Text, Service]
    networks: dict[Text, Network]
    volumes: dict[Text, dict[str, str]]
    secrets: dict[Text, SecretFile]


PATH = ROOT / "docker-compose.yml"


def load_compose(path: Path = PATH) -> Compose:
    """Return what the file says; raise when it says what the specification, as far as we use it, does not know."""
    return Compose.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
