"""A chart as PNG, drawn from the very SVG that the web shows, so that no two pictures differ."""

from functools import lru_cache

import resvg_py
from font_source_sans_pro import SourceSansPro, SourceSansProSemibold

from content.answer import Chart
from content.charts.svg import svg

# A phone shows the picture at the width of its screen; twice the size keeps the text sharp.
_ZOOM = 2
_FAMILY = "Source Sans Pro"


@lru_cache(maxsize=32)
def png(chart: Chart) -> bytes:
    """Return the chart as PNG of 1440 × 800 pixels; the font comes with us, for servers have none."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg(chart),
            zoom=_ZOOM,
            skip_system_fonts=True,
            font_files=[SourceSansPro, SourceSansProSemibold],
            font_family=_FAMILY,
            sans_serif_family=_FAMILY,
        )
    )
