"""The channel of a newcomer: it writes what would be sent to an outbox on the screen."""

from notifier.channels.log.channel import LogChannel

__all__ = ["LogChannel"]
