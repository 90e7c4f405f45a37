"""Keeps the texts and the periods of keeping of one process up to date with what staff edited in another."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from core.logging import get_logger
from core.stopping import rest
from hub.bootstrap import Foundation

# Staff who save a text expect to see it in the chat at once.
_SECONDS = 3.0

_log = get_logger(__name__)


async def follow_edits(base: Foundation, stop: asyncio.Event) -> None:
    """Read what was edited every few seconds until `stop`; while the database is away the last of it stays in use."""
    while not stop.is_set():
        try:
            async with base.database.read() as session:
                await base.texts.refresh(session)
                await base.kept.refresh(session)
        except (SQLAlchemyError, OSError) as error:
            _log.warning("edits_not_followed", reason=type(error).__name__)
        await rest(stop, _SECONDS)
