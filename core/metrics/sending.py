"""What is counted of sending: calls of the providers, and what became of deliveries."""

from prometheus_client import CollectorRegistry, Counter, Histogram

_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class SendingMetrics:
    """Counts into a registry; without one into nothing that anybody reads."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        by_outcome = ("channel", "outcome")
        self._calls = Counter(
            "hub_provider_calls", "Calls of providers by what they answered.", by_outcome, registry=registry
        )
        self._call_seconds = Histogram(
            "hub_provider_call_seconds",
            "Time in which a provider answered a call.",
            ("channel",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._finished = Counter(
            "hub_deliveries_finished", "Deliveries that came to an end in a worker.", by_outcome, registry=registry
        )
        self._doubted = Counter(
            "hub_deliveries_doubted",
            "Deliveries claimed after a call that left no answer: its worker ended, or the provider was silent.",
            ("channel",),
            registry=registry,
        )

    def called(self, channel: str, outcome: str, seconds: float) -> None:
        """Count a call of a provider; `outcome` is the kind of its answer."""
        self._calls.labels(channel, outcome).inc()
        self._call_seconds.labels(channel).observe(seconds)

    def finished(self, channel: str, outcome: str) -> None:
        """Count a delivery that reached a final state."""
        self._finished.labels(channel, outcome).inc()

    def doubted(self, channel: str, count: int) -> None:
        """Count deliveries whose earlier call left no answer."""
        if count:
            self._doubted.labels(channel).inc(count)
