"""`GET /metrics`: what this process counts, for the city's Prometheus and for nobody else."""

from hmac import compare_digest
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response

from api.problems import DETAILS, Problem
from core.metrics import CONTENT_TYPE, Metrics

PATH = "/metrics"
_FORWARDED = ("x-forwarded-for", "x-real-ip", "forwarded", "via")


def metrics_router(metrics: Metrics, token: str) -> APIRouter:
    """Return the route; with a `token` its bearer may read, without one only a program on this machine."""
    router = APIRouter()

    @router.get(PATH, include_in_schema=False)
    async def read(request: Request) -> Response:
        """Show every figure; to others there is no such address."""
        if not (_bears(request, token) if token else _is_local(request)):
            raise Problem(404, DETAILS[404])
        return Response(await metrics.page(), media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})

    return router


def _bears(request: Request, token: str) -> bool:
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and compare_digest(given.encode(), token.encode())


def _is_local(request: Request) -> bool:
    """Whether a program on this machine asks, and no proxy on it for somebody else."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
