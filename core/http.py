"""The one way to build an HTTP client: always with time-outs, a name, and silent about addresses."""

import logging

import httpx2

USER_AGENT = "city-assistant/0.1"


def http_client(
    base_url: str = "",
    *,
    timeout: float,
    connect_timeout: float = 5.0,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> httpx2.AsyncClient:
    """Return a client with time-outs in seconds; `transport` replaces the wire in tests and replays."""
    # The client logs every address at INFO, and addresses may carry tokens.
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    logging.getLogger("httpcore2").setLevel(logging.WARNING)
    return httpx2.AsyncClient(
        base_url=base_url,
        timeout=httpx2.Timeout(timeout, connect=min(connect_timeout, timeout)),
        headers={"User-Agent": USER_AGENT},
        transport=transport,
        trust_env=False,
    )
