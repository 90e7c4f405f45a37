"""Serve one model over HTTP on loopback: `python -m nlu.rasa.serve <model> <port> <SHA-256>`, token in NLU_TOKEN.

The model is what the checksum says, or nothing is served. Besides Rasa's own paths there is one for several sentences
at once (nlu/rasa/together.py).
"""

import gc
import hashlib
import hmac
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from nlu.rasa.start import end_with_parent, prepare

if TYPE_CHECKING:
    from rasa.core.agent import Agent

HOST = "127.0.0.1"
TOKEN_VARIABLE = "NLU_TOKEN"  # noqa: S105 - the name of a variable, not a secret
SEVERAL_PATH = "/model/parse-several"
SERVED = frozenset({("GET", "/status"), ("POST", "/model/parse"), ("POST", SEVERAL_PATH)})
LARGEST_BODY = 256 * 1024
# Longer than clients keep a connection: none of them sends a question into one that is being closed.
KEEP_ALIVE_SECONDS = 75


def main(model: Path, port: int, expected: str, token: str) -> None:
    """Load `model`, whose SHA-256 must be `expected`, and answer until terminated or until standard input ends."""
    with tempfile.TemporaryDirectory() as folder:
        agent = _load(_verified(model, expected, Path(folder)))
    _serve(agent, port, token)


def _load(model: Path) -> "Agent":
    # Imported here because the process has to be prepared first, and what is not served need not wait for it.
    from rasa.core.agent import Agent  # noqa: PLC0415

    return Agent.load(str(model))


def _serve(agent: "Agent", port: int, token: str) -> None:
    from rasa.server import create_app  # noqa: PLC0415
    from sanic.exceptions import NotFound, Unauthorized  # noqa: PLC0415
    from sanic.request import Request  # noqa: PLC0415

    from nlu.rasa.together import several  # noqa: PLC0415

    app = create_app(agent=agent, cors_origins="", auth_token=token)
    app.config.REQUEST_MAX_SIZE, app.config.KEEP_ALIVE_TIMEOUT = LARGEST_BODY, KEEP_ALIVE_SECONDS
    app.add_route(several(agent), SEVERAL_PATH, methods=["POST"])
    _log_without_texts()

    @app.middleware("request")
    async def serve_parsing_only(request: Request) -> None:
        if (request.method, request.path) not in SERVED:
            raise NotFound("not served")
        if not hmac.compare_digest(request.args.get("token", "").encode(), token.encode()):
            raise Unauthorized("the token is missing or wrong")

    # A walk of the collector over the model would hold up every parse; what is loaded by now stays loaded.
    gc.collect()
    gc.freeze()
    app.run(host=HOST, port=port, access_log=False, motd=False)


def _verified(model: Path, expected: str, folder: Path) -> Path:
    """Copy the archive where nobody changes it between this look and its loading, and return the copy."""
    content = model.read_bytes()
    if not hmac.compare_digest(hashlib.sha256(content).hexdigest(), expected):
        sys.exit("the file of the model is not the one that was trained")
    copy = folder / model.name
    copy.write_bytes(content)
    return copy


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
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], secret)
