"""`GET /charts/{key}.svg`, `/charts/narrow/{key}.svg`: the chart of an answer as a picture, also at a phone's width.

Its table travels with the answer.
"""

from http import HTTPStatus

from fastapi import APIRouter, Response

from api.dependencies import Services, Used
from api.problems import Problem
from content.charts import NARROW, WIDE, svg
from content.charts.layout import Layout

router = APIRouter(include_in_schema=False)

# The picture brings its own style; opened by itself it may do nothing more.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
# A key names its data, so the same key is the same picture for ever; other data are drawn under an old key once.
_FOR_EVER, _ONCE = "public, max-age=31536000, immutable", "no-cache"


@router.get("/charts/{key}.svg")
async def chart(key: str, used: Used) -> Response:
    """Draw the chart that the key of an answer names."""
    return await _picture(key, used, WIDE)


@router.get("/charts/narrow/{key}.svg")
async def narrow_chart(key: str, used: Used) -> Response:
    """Draw it for the width of a phone; title, limit and source must stand beside it."""
    return await _picture(key, used, NARROW)


async def _picture(key: str, used: Services, layout: Layout) -> Response:
    found = await used.air.charts.chart(key)
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, "Tego wykresu już nie ma. Proszę zapytać o powietrze jeszcze raz.")
    cache = _FOR_EVER if found.key == key else _ONCE
    headers = {"Cache-Control": cache, "Content-Security-Policy": _POLICY}
    return Response(svg(found, layout), media_type="image/svg+xml", headers=headers)
