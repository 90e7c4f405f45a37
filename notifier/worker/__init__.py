"""Sends what is due: one lane per channel, so that a slow channel never holds up another."""

from notifier.worker.lane import Lane
from notifier.worker.pace import DEFAULT_PACE, Pace
from notifier.worker.tools import Tools
from notifier.worker.worker import Worker

__all__ = ["DEFAULT_PACE", "Lane", "Pace", "Tools", "Worker"]
