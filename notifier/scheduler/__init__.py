"""Runs the jobs it is handed at their times, in one process of all that could."""

from notifier.scheduler.job import Job
from notifier.scheduler.scheduler import Scheduler

__all__ = ["Job", "Scheduler"]
