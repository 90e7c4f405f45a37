"""Errors that the product raises on purpose.

HubError
├── ConfigurationError   a setting or the set-up is wrong: the start stops with the message
└── SourceError          live data could not be had; rooms subclass it where the cause matters
"""


class HubError(Exception):
    """Base of every error raised on purpose; its text says what was wrong and what to do."""


class ConfigurationError(HubError):
    """A setting or the set-up of the machine is wrong; shown to the operator as one sentence."""


class SourceError(HubError):
    """A source of live data did not give a usable answer."""
