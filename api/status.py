"""`/health/live` and `/health/ready` for monitors and balancers."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api.dependencies import Used

router = APIRouter(prefix="/health")


@router.get("/live")
async def live() -> dict[str, Any]:
    """Say that the process answers."""
    return {"status": "ok", "components": {}}


@router.get("/ready")
async def ready(used: Used) -> JSONResponse:
    """Say whether questions are understood and answered; only `down` is answered with 503."""
    status, components = await used.health.ready()
    body = {"status": status, "components": components}
    return JSONResponse(body, 503 if status == "down" else 200, {"Cache-Control": "no-store"})
