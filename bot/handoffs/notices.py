"""Tells staff that residents left messages or added to them: one notice for all of them, at most every five minutes."""

from collections.abc import Sequence
from datetime import timedelta

from bot.handoffs import repository
from bot.handoffs.models import HandoffRow
from content.format import plural
from core.clock import Clock
from core.database import Database
from notifier.staff_notices.service import StaffNotices

BETWEEN = timedelta(minutes=5)
"""Least time between two notices of messages."""

_IN_ONE = 50


async def tell_of_messages(database: Database, clock: Clock, notices: StaffNotices, public_url: str) -> None:
    """Hand in a notice of what is new, unless the last one was a moment ago; it names numbers, never what was written.

    A process killed between the notice and its note tells of the same messages once more.
    """
    now = clock.now()
    async with database.read() as session:
        waiting = await repository.untold(session, _IN_ONE)
        last = await repository.last_told(session)
    if not waiting or (last is not None and now - last < BETWEEN):
        return
    newest = max(row.changed_at for row in waiting)
    key = f"messages:{waiting[0].id}:{len(waiting)}:{newest.isoformat()}"
    if await notices.say(key, _subject(len(waiting)), _body(waiting, public_url)):
        async with database.write() as session:
            await repository.mark_told(session, {row.id: row.changed_at for row in waiting}, now)


def _subject(count: int) -> str:
    words = plural(
        count, "wiadomość mieszkańca czeka", "wiadomości mieszkańców czekają", "wiadomości mieszkańców czeka"
    )
    return f"{count} {words} na pracownika urzędu"


def _body(rows: Sequence[HandoffRow], public_url: str) -> str:
    address = f"{public_url}/panel/sprawy"
    lines = [f"{row.reference} ({_what(row)}): {address}/{row.reference}" for row in rows]
    return "\n".join(["Treść widać dopiero po zalogowaniu do panelu.", *lines])


def _what(row: HandoffRow) -> str:
    return "nowa sprawa" if row.changed_at == row.created_at else "dopisana wiadomość"
