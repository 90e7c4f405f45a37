"""The port on which a process says how it is: `GET /metrics` for Prometheus, `GET /health/live` for who restarts it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from core.metrics import CONTENT_TYPE, Metrics
from core.processes.pulse import Pulse
from hub.bootstrap import Foundation
from hub.messaging.channels import sms_budget
from hub.serving import listen, serve
from hub.watching.process import Parts, ProcessGauges
from hub.watching.state import StateGauges
from notifier.pricing import SegmentPrice

_Message = MutableMapping[str, Any]
_JSON = "application/json"


class WatchPage:
    """An ASGI application without a framework: every role answers with it, and a slow reader holds nobody up."""

    def __init__(self, metrics: Metrics, pulse: Pulse) -> None:
        self._metrics = metrics
        self._pulse = pulse

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        _receive: Callable[[], Awaitable[_Message]],
        send: Callable[[_Message], Awaitable[None]],
    ) -> None:
        """Answer one request; the event loop that answers is the one that does the work."""
        if scope["type"] != "http":
            return
        status, media_type, body = await self._answer(scope["method"], scope["path"])
        headers = [(b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _answer(self, method: str, path: str) -> tuple[int, str, bytes]:
        if method not in {"GET", "HEAD"}:
            return 405, _JSON, b'{"status": "only GET is answered"}'
        if path == "/metrics":
            return 200, CONTENT_TYPE, await self._metrics.page()
        if path == "/health/live":
            return (200, _JSON, b'{"status": "ok"}') if self._pulse.is_alive else (503, _JSON, b'{"status": "down"}')
        return 404, _JSON, b'{"status": "only /metrics and /health/live are here"}'


def show_metrics(base: Foundation, parts: Parts) -> None:
    """Let what this process counts be seen together with how its parts are and, while it leads, the shared state."""
    base.metrics.add(ProcessGauges(base, parts))
    if parts.scheduler:
        price, budget = SegmentPrice(base.settings.sms_price), sms_budget(base.settings)
        state = StateGauges(base.database, base.clock, parts.scheduler, budget, price)
        base.metrics.add(state, state.refresh)


@asynccontextmanager
async def watching(base: Foundation) -> AsyncIterator[Pulse]:
    """Yield the pulse of this process, and tell of it on METRICS_PORT if there is one.

    Raises:
        ConfigurationError: the port cannot be had.
    """
    settings, pulse = base.settings, Pulse(base.clock)
    if not settings.metrics_port:
        yield pulse
        return
    other = f"METRICS_PORT={settings.metrics_port + 1}"
    listener = listen(settings.metrics_host, settings.metrics_port, "METRICS_HOST or METRICS_PORT", other)
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(WatchPage(base.metrics, pulse), listener, "", stop), name="watch")
    try:
        yield pulse
    finally:
        stop.set()
        await serving
        listener.close()
