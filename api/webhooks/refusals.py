"""Counts what a webhook refused: no other trace is left of a call that is not genuine."""

from collections import Counter

from core.logging import get_logger
from core.metrics import WebMetrics

_log = get_logger(__name__)


class Refusals(Counter[str]):
    """How many calls of a webhook were refused, and why.

    A flood of them shows in the log in ever larger steps, one line each.
    """

    def __init__(self, metrics: WebMetrics | None = None) -> None:
        super().__init__()
        self._metrics = metrics or WebMetrics()

    def note(self, webhook: str, reason: str, count: int = 1) -> None:
        """Count calls of `webhook` that were refused for a reason."""
        before = self[reason]
        self[reason] += count
        self._metrics.refused(webhook, reason, count)
        if len(str(self[reason])) > len(str(before)) or not before:
            _log.warning("calls of a webhook were refused", webhook=webhook, reason=reason, so_far=self[reason])
