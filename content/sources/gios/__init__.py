"""Air quality measured by the Chief Inspectorate of Environmental Protection (GIOŚ), API version 1."""

from content.sources.gios.client import GiosClient
from content.sources.gios.errors import (
    GiosBadDataError,
    GiosManualSensorError,
    GiosRateLimitedError,
    GiosThrottledError,
    GiosUnavailableError,
)
from content.sources.gios.limits import Kind, RequestLimits
from content.sources.gios.model import Index, Measurement, Pollutant, Sensor
from content.sources.gios.official import DayMean, Exceedance, ExceedanceKind
from content.sources.gios.replay import ReplayTransport
from content.sources.gios.rows import Batch

__all__ = [
    "Batch",
    "DayMean",
    "Exceedance",
    "ExceedanceKind",
    "GiosBadDataError",
    "GiosClient",
    "GiosManualSensorError",
    "GiosRateLimitedError",
    "GiosThrottledError",
    "GiosUnavailableError",
    "Index",
    "Kind",
    "Measurement",
    "Pollutant",
    "ReplayTransport",
    "RequestLimits",
    "Sensor",
]
