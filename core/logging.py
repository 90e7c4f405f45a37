"""Structured logging: readable lines for people, JSON for machines, personal data masked in both."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from core.masking import mask


def configure_logging(*, json: bool, level: str = "INFO") -> None:
    """Send all logging, ours and the libraries', to standard error in one shape."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask_event,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
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
    # A retry is no news; what matters is logged when the last one failed.
    logging.getLogger("stamina").setLevel(logging.ERROR)


def mask_event(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask personal data in every text of a log entry except its own marks."""
    return {
        key: mask(value) if isinstance(value, str) and key not in {"timestamp", "level", "logger"} else value
        for key, value in event.items()
    }


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
