"""`hub channel …`: a channel of the city is added only where the bot may post, and announcements reach it."""

from collections.abc import Iterator

import pytest

from tests.hub.conftest import Hub
from tests.standins.telegram import TOKEN, TelegramStandIn

ADD = ("channel", "add", "@miasto_info", "--by", "Anna Nowak")


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TelegramStandIn]:
    with TelegramStandIn() as server:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
        monkeypatch.setenv("TELEGRAM_API_BASE", server.url)
        yield server
        assert server.violations == []


async def test_a_channel_is_added_listed_and_removed(hub: Hub, api: TelegramStandIn) -> None:
    assert "no channel yet" in (await hub("channel", "list")).out
    api.chats.channels["@Miasto_Info"] = "administrator"
    added = await hub(*ADD)
    assert added.err == ""
    assert added.out == "@Miasto_Info gets: announcements.\n"
    assert (await hub(*ADD, "--topics", "smog", "events")).out == "@Miasto_Info gets: announcements, smog, events.\n"
    assert (await hub("channel", "list")).out == "@Miasto_Info: announcements, smog, events\n"
    assert (await hub("channel", "remove", "@miasto_info", "--by", "Anna")).code == 0
    assert "nothing (removed" in (await hub("channel", "list")).out
    assert (await hub(*ADD)).out == "@Miasto_Info gets: announcements.\n"


@pytest.mark.parametrize(
    ("role", "said"), [("member", "right to post"), ("left", "right to post"), (None, "make the bot an administrator")]
)
async def test_where_the_bot_may_not_post_nothing_is_added(
    hub: Hub, api: TelegramStandIn, role: str | None, said: str
) -> None:
    if role:
        api.chats.channels["@miasto_info"] = role
    refused = await hub(*ADD)
    assert (refused.code, said in refused.err) == (1, True)
    assert "no channel yet" in (await hub("channel", "list")).out


async def test_what_cannot_be_a_channel_is_told(
    hub: Hub, api: TelegramStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no name of a channel" in (await hub("channel", "add", "miasto", "--by", "Anna")).err
    assert "no channel of the city" in (await hub("channel", "remove", "@other", "--by", "Anna")).err
    api.fail("getChat", 500)
    assert "did not answer" in (await hub(*ADD)).err
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:of-yesterday")
    assert "BotFather" in (await hub(*ADD)).err
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert "There is no bot" in (await hub(*ADD)).err
