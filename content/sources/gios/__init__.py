"""Air quality measured by the Chief Inspectorate of Environmental Protection (GIOŚ), API version 1."""

from content.sources.gios.client import GiosClient
from content.sources.gios.errors import (
    GiosBadDataError,
    GiosManualSensorError,
    GiosRateLimitedError,
    GiosUnavailableError,
)
from content.sources.gios.model import Index, Measurement, PartialIndex, Pollutant, Sensor
from content.sources.gios.replay import ReplayTransport

__all__ = [
    "GiosBadDataError",
    "GiosClient",
    "GiosManualSensorError",
    "GiosRateLimitedError",
    "GiosUnavailableError",
    "Index",
    "Measurement",
    "PartialIndex",
    "Pollutant",
    "ReplayTransport",
    "Sensor",
]
