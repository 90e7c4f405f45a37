"""Everything that one process counts, and the page on which Prometheus reads it."""

from collections.abc import Awaitable, Callable

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.registry import Collector

from core.metrics.sending import SendingMetrics
from core.metrics.talks import TalkMetrics
from core.metrics.web import WebMetrics

CONTENT_TYPE = CONTENT_TYPE_LATEST
"""The media type of the page."""

# They double the page, and Prometheus itself sees when a counter began anew.
disable_created_metrics()  # type: ignore[no-untyped-call]

Reading = Callable[[], Awaitable[None]]
"""Brings a collector up to date; it must not raise, and return within seconds."""


class Metrics:
    """The registry of one process, and what its rooms count with."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._readings: list[Reading] = []
        self.talks = TalkMetrics(self._registry)
        self.sending = SendingMetrics(self._registry)
        self.web = WebMetrics(self._registry)
        ProcessCollector(registry=self._registry)

    def add(self, collector: Collector, reading: Reading | None = None) -> None:
        """Show what a collector tells at each look; `reading` is awaited before."""
        self._registry.register(collector)
        if reading:
            self._readings.append(reading)

    async def page(self) -> bytes:
        """Return everything in the text format of Prometheus."""
        for reading in self._readings:
            await reading()
        return generate_latest(self._registry)
