"""The web application: routes, errors, headers."""

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from api import charts, chat, open_data, pages, status
from api.dependencies import Services
from api.limits import BodyLimit
from api.problems import install_problem_handlers
from api.security import SecurityHeaders


def create_app(services: Services, more: Iterable[APIRouter] = ()) -> FastAPI:
    """Return the application over the given services, with `more` routes, such as webhooks of channels."""
    app = FastAPI(title=f"Asystent mieszkańca – {services.city.name}", version="1", docs_url=None, redoc_url=None)
    app.state.services = services
    app.include_router(status.router)
    app.include_router(chat.router)
    app.include_router(open_data.router)
    app.include_router(charts.router)
    app.include_router(pages.router)
    for router in more:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=pages.STATIC), name="static")
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    install_problem_handlers(app, pages.error_page)
    return app
