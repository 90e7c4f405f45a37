"""Residents who block the bot get nothing more, and are asked before anything begins again."""

import pytest
from sqlalchemy import select

from bot.telegram.departures import Departures
from hub import bootstrap
from notifier.staff_notices.models import StaffNoticeRow
from notifier.subscriptions.city_channels import CityChannels
from notifier.subscriptions.service import Subscriptions
from tests.bot.telegram.conftest import Line, departures_of
from tests.bot.telegram.updates import ANNA, JAN, blocked, pressed, said, taken_off

# That a contact ends is SQL of our own.
AGREE = "alerts_subscribe?confirm=yes"


@pytest.fixture
def departures(foundation: bootstrap.Foundation) -> Departures:
    return departures_of(foundation)


async def _topics(foundation: bootstrap.Foundation, chat: int) -> list[str]:
    subscriptions = Subscriptions(bootstrap.address_vault(foundation.settings), foundation.clock)
    async with foundation.database.read() as session:
        return [entry.topic for entry in await subscriptions.running(session, "telegram", str(chat))]


async def test_blocking_the_bot_ends_the_notifications(line: Line, foundation: bootstrap.Foundation) -> None:
    await line.hear(pressed(AGREE), pressed(AGREE, JAN))
    assert await _topics(foundation, ANNA) == ["smog"]
    await line.hear(blocked())
    assert await _topics(foundation, ANNA) == []
    assert await _topics(foundation, JAN) == ["smog"]


async def test_a_reply_that_is_refused_ends_them_too(line: Line, foundation: bootstrap.Foundation) -> None:
    await line.hear(pressed(AGREE))
    line.api.fail("sendMessage", 403, said="Forbidden: bot was blocked by the user")
    await line.hear(said("jakie jest powietrze"))
    assert await _topics(foundation, ANNA) == []
    assert await line.states() == ["answered", "answered"]


async def test_whoever_comes_back_is_asked_first(line: Line, foundation: bootstrap.Foundation) -> None:
    await line.hear(pressed(AGREE), blocked(), blocked(status="member"), said("/start"))
    answer = line.api.made(chat=ANNA)[-1]
    assert "Powiadomienia są wyłączone, bo ta rozmowa była zablokowana" in answer.text
    assert answer.buttons[0][1] == "alerts_subscribe"
    assert await _topics(foundation, ANNA) == []
    await line.hear(pressed("alerts_subscribe"))
    assert await _topics(foundation, ANNA) == []
    await line.hear(said("tak"), said("/start"))
    assert await _topics(foundation, ANNA) == ["smog"]
    assert "zablokowana" not in line.api.made(chat=ANNA)[-1].text


async def test_blocking_without_notifications_leaves_nothing(line: Line, departures: Departures) -> None:
    await line.hear(blocked(), said("/start"))
    assert not await departures.has_left(ANNA)
    assert "zablokowana" not in line.api.made(chat=ANNA)[-1].text
    assert await line.states() == ["answered", "answered"]


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_a_channel_of_the_city_that_takes_the_bot_off_ends_and_staff_hear_what_to_do(
    line: Line, foundation: bootstrap.Foundation, status: str
) -> None:
    subscriptions = Subscriptions(bootstrap.address_vault(foundation.settings), foundation.clock)
    channels = CityChannels(subscriptions, foundation.clock)
    async with foundation.database.write() as session:
        await channels.add(session, "@Miasto_Info", ["announcements"], "Anna")
    await line.hear(taken_off("@miasto_info", status), taken_off("@somebody_elses", status))
    async with foundation.database.read() as session:
        (channel,) = await channels.listed(session)
        (notice,) = (await session.scalars(select(StaffNoticeRow))).all()
    assert (channel.name, channel.topics) == ("@Miasto_Info", ())
    assert "hub channel add" in notice.body
    async with foundation.database.write() as session:
        assert await channels.add(session, "@Miasto_Info", ["smog"], "Anna") == ("smog",)
