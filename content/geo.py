"""Distances between points on the map."""

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt
from statistics import fmean

from content.answer import Coordinates

_EARTH_RADIUS_M = 6_371_008.8


def distance_m(first: Coordinates, second: Coordinates) -> int:
    """Return the great-circle distance in metres (haversine; within 0.3 % of the true one)."""
    lat_1, lat_2 = radians(first.lat), radians(second.lat)
    half_lat, half_lon = (lat_2 - lat_1) / 2, radians(second.lon - first.lon) / 2
    chord = sin(half_lat) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2
    return round(2 * _EARTH_RADIUS_M * asin(sqrt(chord)))


def middle_of(points: Sequence[Coordinates]) -> Coordinates:
    """Return the one of the points that lies nearest to their mean; there must be at least one."""
    mean = Coordinates(fmean(point.lat for point in points), fmean(point.lon for point in points))
    return min(points, key=lambda point: distance_m(mean, point))
