"""What is counted of talks: the answers, and how long understanding takes."""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class TalkMetrics:
    """Counts into a registry; without one into nothing that anybody reads."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        answered = ("channel", "decision", "topic")
        answers = Counter("hub_answers", "Answers to residents.", answered, registry=registry)
        # To find the labels of an answer costs more than to count it; they are few.
        self._answers = cache(answers.labels)
        turns = Histogram(
            "hub_chat_turn_seconds",
            "Time from a message to its answer.",
            ("channel",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._turns = cache(turns.labels)
        self._understood = Histogram(
            "hub_nlu_seconds",
            "Time in which the language model told the intent of a sentence.",
            buckets=_SECONDS,
            registry=registry,
        )
        self._not_understood = Counter(
            "hub_nlu_failures", "Sentences for which the language model could not be asked.", registry=registry
        )

    def answered(self, channel: str, decision: str, topic: str, seconds: float) -> None:
        """Count an answer; `topic` is that of the catalogue of intents."""
        self._answers(channel, decision, topic).inc()
        self._turns(channel).observe(seconds)

    def understood(self, seconds: float) -> None:
        """Count a sentence that the model answered for."""
        self._understood.observe(seconds)

    def not_understood(self) -> None:
        """Count a sentence for which the model could not be asked."""
        self._not_understood.inc()
