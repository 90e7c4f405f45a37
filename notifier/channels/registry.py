"""Every channel of the city; without its provider's credentials a channel delivers to the outbox on the screen."""

from collections.abc import Iterable, Mapping

from core.clock import Clock
from core.database import Database
from core.errors import ConfigurationError
from notifier.channels.base import Channel
from notifier.channels.log import LogChannel

NAMES = ("sms", "telegram")


def channels(providers: Iterable[Channel], database: Database, clock: Clock) -> dict[str, Channel]:
    """Return each channel by name: the given provider's, else one that writes to the outbox.

    Raises:
        ConfigurationError: a provider serves no channel of ours, or two serve the same.
    """
    every: dict[str, Channel] = {}
    for provider in providers:
        if provider.name not in NAMES or provider.name in every:
            message = f"The channel {provider.name} is unknown or served twice: correct the list of providers."
            raise ConfigurationError(message)
        every[provider.name] = provider
    return {name: every.get(name) or LogChannel(database, name, clock) for name in NAMES}


def chosen(every: Mapping[str, Channel], names: str) -> list[Channel]:
    """Return the channels that an operator named, by commas; every one when none is named.

    Raises:
        ConfigurationError: there is no channel of such a name.
    """
    wanted = [name.strip() for name in names.split(",") if name.strip()] or list(every)
    unknown = [name for name in wanted if name not in every]
    if unknown:
        message = f"There is no channel {unknown[0]}: choose from {', '.join(every)}."
        raise ConfigurationError(message)
    return [every[name] for name in dict.fromkeys(wanted)]
