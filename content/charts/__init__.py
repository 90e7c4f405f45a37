"""Pictures of charts: SVG for the web, wide or narrow, PNG for channels that show no SVG."""

from content.charts.layout import NARROW, WIDE
from content.charts.png import png
from content.charts.svg import svg

__all__ = ["NARROW", "WIDE", "png", "svg"]
