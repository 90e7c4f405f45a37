"""Queries on edited texts."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from content.text_versions.models import TextVersionRow

TextId = tuple[str, str]
"""Intent and name of a text."""

Mark = tuple[int, int]
"""Number of versions and the highest id; it changes with every edit, in whatever order edits are committed."""


async def mark(session: AsyncSession) -> Mark:
    """Return what tells whether anything was edited since."""
    row = (await session.execute(select(func.count(), func.max(TextVersionRow.id)))).one()
    return row[0], row[1] or 0


async def newest(session: AsyncSession) -> dict[TextId, str]:
    """Return the newest words of every text that is edited at present."""
    last = (
        select(TextVersionRow.intent, TextVersionRow.name, func.max(TextVersionRow.version).label("version"))
        .group_by(TextVersionRow.intent, TextVersionRow.name)
        .subquery()
    )
    rows = await session.scalars(
        select(TextVersionRow).join(
            last,
            (TextVersionRow.intent == last.c.intent)
            & (TextVersionRow.name == last.c.name)
            & (TextVersionRow.version == last.c.version),
        )
    )
    return {(row.intent, row.name): row.value for row in rows if row.value is not None}


async def history(session: AsyncSession, intent: str, name: str) -> Sequence[TextVersionRow]:
    """Return every version of a text, the newest first."""
    query = select(TextVersionRow).where(TextVersionRow.intent == intent, TextVersionRow.name == name)
    return (await session.scalars(query.order_by(TextVersionRow.version.desc()))).all()
