"""Structured logging: readable lines for people, JSON for machines, personal data masked in both."""

import logging
import re
import sys
from collections.abc import Mapping

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from core.masking import mask

# Made by us or checked before: their digits would be taken for somebody's.
_OWN_MARKS = frozenset({"timestamp", "level", "logger", "request_id"})


def configure_logging(*, json: bool, level: str = "INFO") -> None:
    """Send all logging, ours and the libraries', to standard error in one shape."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        mask_event,
    ]
    structlog.configure(
        # First, so that what is not told costs next to nothing.
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for chatty in ("alembic", "apscheduler", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # On the screen of the demo a line for each request would drown what it says.
    logging.getLogger("api.observed").setLevel(logging.NOTSET if json else logging.WARNING)
    # A retry is no news; what matters is logged when the last one failed.
    logging.getLogger("stamina").setLevel(logging.ERROR)


# Libraries put addresses into their errors, and some addresses carry a secret: a bot's token, a password.
_BOT_TOKEN = re.compile(r"(?<=/bot)\d+:[\w-]+")
_PASSWORD_IN_URL = re.compile(r"(?<=://)[^/\s@]*:[^/\s@]+@")
_SECRET_PARAMETER = re.compile(r"(?<=[?&])(token|key|password)=[^&\s'\"]+", re.IGNORECASE)


def mask_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask personal data and secrets in every text of a log entry except its own marks."""
    return {key: value if key in _OWN_MARKS or key.startswith("_") else _masked(value) for key, value in event.items()}


def _masked(value: object) -> object:
    """Mask a text, and every text inside; what is no plain value is told by its own text."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return mask(_without_secrets(value))
        case Mapping():
            return {str(key): _masked(one) for key, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked(one) for one in value]
    return mask(_without_secrets(str(value)))


def _without_secrets(text: str) -> str:
    text = _BOT_TOKEN.sub("[token]", text)
    text = _PASSWORD_IN_URL.sub("[hidden]@", text)
    return _SECRET_PARAMETER.sub(r"\1=[hidden]", text)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
