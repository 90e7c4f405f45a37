"""An SMS that comes twice, one whose process died, and too many of them: each is answered once."""

import asyncio
from datetime import timedelta

import httpx2
import pytest

from bot.sms import inbound
from bot.sms.models import SmsReplyRow
from bot.sms.repository import claim
from core.database import Database
from core.secrets import keyed_digest
from core.settings import Settings
from hub.retention import retention
from tests.api.twilio.sms import NUMBER, SECRET, answer_of, form, post, say, turns
from tests.fakes import FakeParser, FrozenClock


class _KilledError(BaseException):
    """The process ends here: no code of ours may catch it."""


async def test_the_same_sms_again_gets_the_same_answer_and_is_one_turn(
    sms: httpx2.AsyncClient, database: Database, parser: FakeParser
) -> None:
    first = await say(sms, "jakie jest powietrze")
    parser.is_down = True
    assert await say(sms, "jakie jest powietrze") == first
    assert await turns(database) == ["jakie jest powietrze"]


async def test_two_deliveries_at_once_are_one_turn(sms: httpx2.AsyncClient, database: Database) -> None:
    first, second = await asyncio.gather(say(sms, "jakie jest powietrze"), say(sms, "jakie jest powietrze"))
    assert first == second
    assert await turns(database) == ["jakie jest powietrze"]


async def test_a_message_whose_first_delivery_died_is_answered(
    sms: httpx2.AsyncClient, database: Database, clock: FrozenClock
) -> None:
    async with database.write() as session:
        await claim(session, keyed_digest(SECRET, "SM1"), keyed_digest(SECRET, f"sms:{NUMBER}"), clock.now())
    clock.advance(timedelta(seconds=6))
    assert "PM10" in await say(sms, "jakie jest powietrze")


@pytest.mark.parametrize("step", ["claim", "store_answer"])
async def test_a_kill_at_any_step_loses_no_message(
    sms: httpx2.AsyncClient, database: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """What Twilio gets no answer to it delivers again; nothing was acknowledged, so nothing is lost."""

    async def killed(*_: object) -> None:
        raise _KilledError

    with monkeypatch.context() as patch:
        patch.setattr(inbound, step, killed)
        with pytest.raises(_KilledError):
            await post(sms, form("jakie jest powietrze"))
    clock.advance(timedelta(seconds=6))
    assert "PM10" in await say(sms, "jakie jest powietrze")


async def test_after_a_day_the_answer_is_forgotten(
    sms: httpx2.AsyncClient, database: Database, clock: FrozenClock
) -> None:
    await say(sms, "dziękuję", "SM1")
    clock.advance(timedelta(days=1, seconds=1))
    await say(sms, "dziękuję", "SM2")
    await retention(Settings(), database, clock).forget()
    async with database.read() as session:
        kept = (await session.execute(SmsReplyRow.__table__.select())).all()
    assert [row.message for row in kept] == [keyed_digest(SECRET, "SM2")]


@pytest.mark.parametrize("per_minute", [4])
async def test_a_flood_is_told_once_then_met_with_silence(sms: httpx2.AsyncClient) -> None:
    first = await say(sms, "jakie jest powietrze", "SM1")
    told = await say(sms, "jakie jest powietrze", "SM2")
    assert told == "Za duzo wiadomosci naraz. Prosze sprobowac za kilka minut. Zagrozenie zycia: 112."
    assert answer_of(await post(sms, form("jakie jest powietrze", "SM3"))) is None
    assert await say(sms, "jakie jest powietrze", "SM1") == first
    assert "PM10" in await say(sms, "jakie jest powietrze", "SM4", From="+48600700800")
    # Redelivered, a silent message stays silent.
    assert answer_of(await post(sms, form("jakie jest powietrze", "SM3"))) is None


@pytest.mark.parametrize("per_minute", [4])
async def test_a_flood_drowns_neither_danger_nor_stop(sms: httpx2.AsyncClient, database: Database) -> None:
    for number in range(3):
        await post(sms, form(f"pytanie {number}", f"SM{number}"))
    assert (await say(sms, "czuje gaz", "SM7")).startswith("112")
    await post(sms, form("STOP", "SM8"))
    assert (await turns(database))[-2:] == ["czuje gaz", "[alerts_unsubscribe]"]


@pytest.mark.parametrize("per_minute", [600])
async def test_two_machines_do_not_answer_each_other_for_ever(sms: httpx2.AsyncClient) -> None:
    """A machine that sends one sentence, or ever new ones, however slowly."""
    same = [answer_of(await post(sms, form("Jestem na urlopie.", f"SM{number}"))) for number in range(6)]
    assert [text is None for text in same] == [False] * 4 + [True] * 2
    other = {"From": "+48600700800"}
    new = [answer_of(await post(sms, form(f"Sprawa {n}.", f"SN{n}", **other))) for n in range(45)]
    assert [text is None for text in new] == [False] * 40 + [True] * 5
