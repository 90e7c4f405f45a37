"""What can go wrong with the register of chargers. No message holds the token or an address that carries it.

SourceError
├── EipaUnavailableError    no answer in time, a broken connection or a fault of the server
├── EipaRefusedError        the token is not accepted: a person must look
├── EipaRateLimitedError    the account's downloads of this hour are used up
└── EipaBadDataError        an answer that cannot be used: not JSON, cut off, too big, another shape
"""

from core.errors import SourceError


class EipaUnavailableError(SourceError):
    """EIPA did not answer in time, or answered that it cannot."""


class EipaRefusedError(SourceError):
    """EIPA does not accept the token."""


class EipaRateLimitedError(SourceError):
    """No further download is allowed within this hour."""


class EipaBadDataError(SourceError):
    """EIPA answered with something that cannot be used."""
