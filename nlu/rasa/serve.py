"""Serve one model over Rasa's HTTP API on loopback: `python -m nlu.rasa.serve <model> <port>`, token in NLU_TOKEN.

Besides Rasa's own paths there is one for several sentences at once (nlu/rasa/together.py).
"""

import gc
import logging
import os
import sys

from nlu.rasa.start import end_with_parent, prepare

HOST = "127.0.0.1"
TOKEN_VARIABLE = "NLU_TOKEN"  # noqa: S105 - the name of a variable, not a secret
SEVERAL_PATH = "/model/parse-several"
SERVED = frozenset({("GET", "/status"), ("GET", "/version"), ("POST", "/model/parse"), ("POST", SEVERAL_PATH)})


def main(model: str, port: int, token: str) -> None:
    """Load `model` and answer until terminated or until standard input ends."""
    # Imported here because the process has to be prepared first.
    from rasa.core.agent import Agent  # noqa: PLC0415
    from rasa.server import create_app, requires_auth  # noqa: PLC0415
    from sanic.exceptions import NotFound  # noqa: PLC0415
    from sanic.request import Request  # noqa: PLC0415

    from nlu.rasa.together import several  # noqa: PLC0415

    agent = Agent.load(model)
    app = create_app(agent=agent, cors_origins="", auth_token=token)
    app.add_route(requires_auth(app, token)(several(agent)), SEVERAL_PATH, methods=["POST"])
    _log_without_texts()

    @app.middleware("request")
    async def serve_parsing_only(request: Request) -> None:
        if (request.method, request.path) not in SERVED:
            raise NotFound("not served")

    # A walk of the collector over the model would hold up every parse; what is loaded by now stays loaded.
    gc.collect()
    gc.freeze()
    app.run(host=HOST, port=port, access_log=False, motd=False)


class _WhereOnly(logging.Formatter):
    """Formats a log record as the place and the kind of the event, never its message."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0] if record.exc_info else None
        return f"{record.levelname} {record.name} line {record.lineno} {kind.__name__ if kind else ''}".rstrip()


def _log_without_texts() -> None:
    # Rasa and Sanic log requests, whose address carries the token and whose body is a resident's text.
    import structlog  # noqa: PLC0415

    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    handler = logging.StreamHandler()
    handler.setFormatter(_WhereOnly())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in ("sanic.root", "sanic.error", "sanic.access", "rasa"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.WARNING)


if __name__ == "__main__":
    secret = os.environ.pop(TOKEN_VARIABLE, None)
    if not secret:
        sys.exit(f"{TOKEN_VARIABLE} is missing: without a token anyone on this machine could ask the model")
    prepare()
    end_with_parent()
    main(sys.argv[1], int(sys.argv[2]), secret)
