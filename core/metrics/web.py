"""What is counted of HTTP: requests by route, open streams, and calls of webhooks that were refused."""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class WebMetrics:
    """Counts into a registry; without one into nothing that anybody reads."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        by_status = ("route", "method", "status")
        requests = Counter("hub_http_requests", "Requests that were answered.", by_status, registry=registry)
        # To find the labels of a request costs more than to count it; they are few.
        self._requests = cache(requests.labels)
        seconds = Histogram(
            "hub_http_request_seconds",
            "Time until a request was answered in full; streams are left out.",
            ("route", "method"),
            buckets=_SECONDS,
            registry=registry,
        )
        self._seconds = cache(seconds.labels)
        self._streams = Gauge("hub_event_streams_open", "Open streams of live events.", registry=registry)
        self._refused = Counter(
            "hub_webhook_refusals", "Calls of webhooks that were refused.", ("webhook", "reason"), registry=registry
        )

    def handled(self, route: str, method: str, status: int, seconds: float | None) -> None:
        """Count a request; `route` is its template, `seconds` None for a stream."""
        self._requests(route, method, str(status)).inc()
        if seconds is not None:
            self._seconds(route, method).observe(seconds)

    def stream_opened(self) -> None:
        """Count one more open stream."""
        self._streams.inc()

    def stream_closed(self) -> None:
        """Count one open stream less."""
        self._streams.dec()

    def refused(self, webhook: str, reason: str, count: int = 1) -> None:
        """Count calls that were refused."""
        self._refused.labels(webhook, reason).inc(count)
