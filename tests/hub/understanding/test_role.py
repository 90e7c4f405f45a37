"""What `hub nlu serve` refuses before it loads anything, and which servers a process asks."""

import socket

import pytest

from core.clock import SystemClock
from core.errors import ConfigurationError
from core.settings import Settings
from hub.understanding.model import serving
from hub.understanding.role import open_door
from nlu.client import NluUnavailable, RasaClient
from nlu.spread import SpreadParser
from tests.fixtures.running import free_port

PRODUCTION = {
    "hub_profile": "production",
    "secret_key": "s" * 32,
    "encryption_keys": "e" * 32,
    "public_url": "https://miasto.example",
    "database_url": "postgresql://hub@db/hub",
    "redis_url": "redis://redis",
}


@pytest.mark.parametrize("token", ["", "a" * 31])
def test_in_production_a_token_that_can_be_guessed_is_refused(token: str) -> None:
    with pytest.raises(ConfigurationError, match="NLU_TOKEN is missing or too short"):
        open_door(Settings.model_validate(PRODUCTION | {"nlu_token": token}))


def test_without_a_token_not_even_the_demo_serves() -> None:
    with pytest.raises(ConfigurationError, match="NLU_TOKEN"):
        open_door(Settings(nlu_listen=f"127.0.0.1:{free_port()}"))


@pytest.mark.parametrize("address", ["", "5005", "127.0.0.1", ":5005", "127.0.0.1:0", "127.0.0.1:70000", "a:b:c"])
def test_an_address_that_is_none_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(ConfigurationError, match="NLU_LISTEN is wrong"):
        open_door(Settings(nlu_token="token", nlu_listen=address))


@pytest.mark.parametrize("address", ["0.0.0.0:5005", "nlu.example:5005"])
def test_the_demo_serves_this_computer_only(address: str) -> None:
    with pytest.raises(ConfigurationError, match="loopback"):
        open_door(Settings(nlu_token="token", nlu_listen=address))


def test_a_port_that_is_taken_is_named_with_another_choice() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port: int = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"Port {port} is in use.*NLU_LISTEN=127.0.0.1:{port + 1}"):
            open_door(Settings(nlu_token="token", nlu_listen=f"127.0.0.1:{port}"))


def test_the_port_is_taken_before_anything_slow_is_done() -> None:
    port = free_port()
    with open_door(Settings(nlu_token="token", nlu_listen=f"127.0.0.1:{port}")) as listener:
        assert listener.getsockname() == ("127.0.0.1", port)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://127.0.0.1:9", RasaClient),
        ("http://127.0.0.1:9/,", RasaClient),
        ("http://127.0.0.1:9, http://127.0.0.1:10", SpreadParser),
    ],
)
async def test_one_address_is_asked_by_itself_and_several_are_asked_in_turn(url: str, kind: type[object]) -> None:
    async with serving(Settings(nlu_url=url, nlu_token="token"), None, SystemClock()) as (parser, service):
        assert isinstance(parser, kind)
        assert service is None
        with pytest.raises(NluUnavailable):
            await parser.parse("dzień dobry")
