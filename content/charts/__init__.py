"""Pictures of charts: SVG for the web, PNG for channels that show no SVG."""

from content.charts.png import png
from content.charts.svg import svg

__all__ = ["png", "svg"]
