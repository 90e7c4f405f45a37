"""`hub health`."""

import httpx2

from core.errors import ConfigurationError, HubError
from core.http import http_client
from core.settings import Settings

_PATIENCE_SECONDS = 3.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked at, not listened on


class NotAliveError(HubError):
    """The process does not answer, or its work stands still."""


async def health(settings: Settings) -> None:
    """Ask the process of METRICS_PORT on this machine whether it lives.

    Raises:
        ConfigurationError: there is no such port.
        NotAliveError: it does not answer, or says that its work stands still.
    """
    if not settings.metrics_port:
        message = "METRICS_PORT is 0: give this process a port, so that it can say how it is."
        raise ConfigurationError(message)
    host = _EVERYWHERE.get(settings.metrics_host, settings.metrics_host)
    url = f"http://{f'[{host}]' if ':' in host else host}:{settings.metrics_port}/health/live"
    try:
        async with http_client(timeout=_PATIENCE_SECONDS) as http:
            response = await http.get(url)
    except httpx2.HTTPError as error:
        raise NotAliveError(f"down: {url} does not answer ({type(error).__name__}).") from error
    if response.status_code != httpx2.codes.OK:
        raise NotAliveError(f"down: {url} says {response.status_code}, the work of the process stands still.")
    print("ok")
