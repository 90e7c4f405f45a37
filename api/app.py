"""The web application: routes, errors, headers."""

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig
from starlette.types import ASGIApp

from api import charts, chat, open_data, status
from api.compression import Compressed
from api.dependencies import Services
from api.heads import HeadLikeGet
from api.limits import BodyLimit
from api.observed import Observed
from api.pages import STATIC, city, error_page, legal, widget
from api.problems import RESPONSES, install_problem_handlers
from api.repeats import AnsweredOnce
from api.security import SecurityHeaders, widget_sites

# Requests are observed by ourselves, without anything of residents in them.
_NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


class _App(FastAPI):
    """An application that is observed from outside of everything, also of what answers for its failures."""

    def build_middleware_stack(self) -> ASGIApp:
        used: Services = self.state.services
        return Observed(super().build_middleware_stack(), used.metrics.web, used.clock)


def create_app(services: Services, more: Iterable[APIRouter] = ()) -> FastAPI:
    """Return the application over the given services, with `more` routes, such as webhooks of channels."""
    title = f"Asystent mieszkańca – {services.city.name}"
    app = _App(title=title, version="1", docs_url=None, redoc_url=None, responses=RESPONSES, telemetry=_NO_TELEMETRY)
    app.state.services = services
    always = (status, chat, open_data, charts, city, legal, widget)
    for router in (*(part.router for part in always), *more):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    if services.web.repeats:
        app.add_middleware(AnsweredOnce, repeats=services.web.repeats)
    app.add_middleware(BodyLimit)
    if services.web.origins:
        app.add_middleware(widget_sites(services.web.origins))
    app.add_middleware(Compressed)
    app.add_middleware(HeadLikeGet)
    app.add_middleware(SecurityHeaders, images_from=services.web.tiles_origin)
    install_problem_handlers(app, error_page)
    return app
