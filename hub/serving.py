"""Listening on a port, and serving an application there inside our own loop."""

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from core.errors import ConfigurationError

_DRAIN_SECONDS = 5
_KEEP_ALIVE_SECONDS = 5


def listen(host: str, port: int, setting: str, other: str) -> socket.socket:
    """Take a port before anything slow is done; `setting` names where the address stands, `other` is another choice.

    Raises:
        ConfigurationError: the port is in use, or the address is not this machine's.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            message = (
                f"Port {port} is in use: stop the program that uses it, or choose another one, for example {other}."
            )
        else:
            message = f"Cannot listen on {host}:{port}: {error.strerror}. Correct {setting}."
        raise ConfigurationError(message) from error
    return listener


class _Server(uvicorn.Server):
    """A server inside our loop: signals are ours."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(
    app: Any,  # noqa: ANN401 - uvicorn's type of an application is none of its interface
    listener: socket.socket,
    trusted_proxies: str,
    stop: asyncio.Event,
    keep_alive: int = _KEEP_ALIVE_SECONDS,
) -> None:
    """Serve until `stop`; a connection without requests is closed after `keep_alive` seconds."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=trusted_proxies,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
        timeout_keep_alive=keep_alive,
    )
    server = _Server(config)
    serving_task = asyncio.create_task(server.serve(sockets=[listener]))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving_task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        stopping.cancel()
        await serving_task
