"""The register of alternative-fuel infrastructure (EIPA), kept by the Office of Technical Inspection (UDT)."""

from content.sources.eipa.client import EipaClient, Keep
from content.sources.eipa.errors import EipaBadDataError, EipaRateLimitedError, EipaRefusedError, EipaUnavailableError
from content.sources.eipa.model import DynamicRow, Export, OperatorRow, PointRow, PoolRow, PriceRow, StationRow

__all__ = [
    "DynamicRow",
    "EipaBadDataError",
    "EipaClient",
    "EipaRateLimitedError",
    "EipaRefusedError",
    "EipaUnavailableError",
    "Export",
    "Keep",
    "OperatorRow",
    "PointRow",
    "PoolRow",
    "PriceRow",
    "StationRow",
]
