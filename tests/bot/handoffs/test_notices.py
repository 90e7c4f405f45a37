"""Staff are told of messages by number only, bundled, and once."""

from datetime import timedelta

from sqlalchemy import select

from bot.handoffs.handoff import NewHandoff
from bot.handoffs.notices import tell_of_messages
from bot.handoffs.service import Handoffs
from core.database import Database
from hub.bootstrap import Foundation, address_vault
from hub.messaging.channels import staff_notices
from notifier.staff_notices.models import StaffNoticeRow
from tests.fakes import FrozenClock

SENDER = "sms:+48512345678"


async def _left(base: Foundation, key: str) -> str:
    handoffs = Handoffs(address_vault(base.settings), base.clock, "LG")
    async with base.database.write() as session:
        new = NewHandoff(key, "sms", "air", SENDER, "Sąsiad Jan Kowalski pali oponami.", "here", SENDER)
        return await handoffs.create(session, new)


async def _tell(base: Foundation) -> None:
    await tell_of_messages(base.database, base.clock, staff_notices(base), base.settings.public_url)


async def _notices(database: Database) -> list[tuple[str, str]]:
    async with database.read() as session:
        rows = await session.scalars(select(StaffNoticeRow).order_by(StaffNoticeRow.id))
        return [(row.subject, row.body) for row in rows]


async def test_new_messages_are_told_together_by_their_numbers(foundation: Foundation, clock: FrozenClock) -> None:
    numbers = [await _left(foundation, "a"), await _left(foundation, "b")]
    await _tell(foundation)
    ((subject, body),) = await _notices(foundation.database)
    assert subject == "2 wiadomości mieszkańców czekają na pracownika urzędu"
    for number in numbers:
        assert f"{number} (nowa sprawa): /panel/sprawy/{number}" in body
    assert "Kowalski" not in body
    assert "512345678" not in body

    late = await _left(foundation, "c")
    clock.advance(timedelta(minutes=4))
    await _tell(foundation)
    assert len(await _notices(foundation.database)) == 1
    clock.advance(timedelta(minutes=1))
    await _tell(foundation)
    await _tell(foundation)
    assert [late in body for _, body in await _notices(foundation.database)] == [False, True]


async def test_what_a_resident_adds_is_told_as_such_and_what_staff_do_is_not(
    foundation: Foundation, clock: FrozenClock
) -> None:
    number = await _left(foundation, "a")
    await _tell(foundation)
    handoffs = Handoffs(address_vault(foundation.settings), clock, "LG")
    clock.advance(timedelta(minutes=10))
    async with foundation.database.write() as session:
        await handoffs.assign(session, number, "Anna", "Anna")
        await handoffs.reply(session, number, "O której?", "Anna")
    await _tell(foundation)
    assert len(await _notices(foundation.database)) == 1
    async with foundation.database.write() as session:
        await handoffs.add(session, number, "O dwudziestej.")
    await _tell(foundation)
    assert f"{number} (dopisana wiadomość)" in (await _notices(foundation.database))[1][1]
