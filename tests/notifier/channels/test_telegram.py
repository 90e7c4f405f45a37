"""The channel of Telegram keeps the promises of every channel; the stand-in checks each call against the Bot API."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest

from core.errors import ConfigurationError
from notifier.channels.base import (
    SEND_SECONDS,
    Channel,
    Misconfigured,
    Outcome,
    OutgoingMessage,
    Receipt,
    RecipientGone,
    Rejected,
    Retryable,
    Throttled,
    Unanswered,
)
from notifier.channels.telegram import telegram_channel
from notifier.channels.telegram.channel import REQUEST_SECONDS
from tests.fakes import FrozenClock
from tests.notifier.channels.contract import MESSAGE, ChannelContract, Provider
from tests.standins.telegram import TOKEN, TelegramStandIn
from tests.standins.telegram_spec import SPEC_FILE

CHAT = "601234567"
SENTENCE = "Jakość powietrza przy al. Rzeczypospolitej jest zła. "
MOVED = '{"ok":false,"error_code":400,"description":"moved","parameters":{"migrate_to_chat_id":-1001}}'


def _http(status: str, body: str) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()


@pytest.fixture
def api() -> Iterator[TelegramStandIn]:
    """The Bot API; a call that breaks its specification fails the test."""
    if not SPEC_FILE.exists():
        pytest.skip("the specification of the Bot API is not at hand (shared/specs)")
    with TelegramStandIn() as stand_in:
        yield stand_in
    assert stand_in.violations == []


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
async def channel(api: TelegramStandIn, clock: FrozenClock) -> AsyncIterator[Channel]:
    async with telegram_channel(TOKEN, api.url, clock) as opened:
        yield opened


@pytest.fixture
def provider(api: TelegramStandIn, channel: Channel) -> Provider:
    async def received() -> list[str]:
        return [call.text for call in api.made(chat=int(CHAT))]

    async def go_down() -> None:
        await asyncio.to_thread(api.__exit__)

    return Provider(channel, CHAT, received, go_down)


class TestTelegramChannel(ChannelContract):
    async def test_the_title_is_bold_and_links_show_no_preview(self, provider: Provider, api: TelegramStandIn) -> None:
        await provider.channel.send(CHAT, MESSAGE)
        (call,) = api.made()
        assert call.values["text"] == f"<b>{MESSAGE.title}</b>\n\n{MESSAGE.body}\n\nUstawienia i rezygnacja: /alerty"
        assert call.values["link_preview_options"] == {"is_disabled": True}

    async def test_signs_of_html_are_shown_as_they_are(self, provider: Provider) -> None:
        await provider.channel.send(CHAT, OutgoingMessage("PM10 > 50 & rośnie", "Norma <b>50</b> &amp; 5 < 6", 0))
        assert await provider.received() == ["PM10 > 50 & rośnie\n\nNorma <b>50</b> &amp; 5 < 6"]

    @pytest.mark.parametrize("title", ["", " \n"])
    async def test_a_message_without_a_title_begins_with_its_body(self, provider: Provider, title: str) -> None:
        await provider.channel.send(CHAT, OutgoingMessage(title, "Smog minął.", 0))
        assert await provider.received() == ["Smog minął."]


async def test_a_long_message_ends_with_a_whole_sentence(api: TelegramStandIn, channel: Channel) -> None:
    # Shifted by each length, the limit falls on every place of a sentence once.
    bodies = ["A" * shift + ". " + SENTENCE * 200 for shift in range(len(SENTENCE))]
    for body in bodies:
        assert isinstance(await channel.send(CHAT, OutgoingMessage("Smog", body, 0)), Receipt)
    for body, call in zip(bodies, api.made(), strict=True):
        assert call.text.endswith("jest zła.")
        assert 4096 - len(SENTENCE) < len(call.text) <= 4096
        assert f"Smog\n\n{body}".startswith(call.text)


async def test_a_message_of_exactly_the_limit_arrives_whole(api: TelegramStandIn, channel: Channel) -> None:
    body = "&" * (4096 - len("Smog\n\n"))
    await channel.send(CHAT, OutgoingMessage("Smog", body, 0))
    assert [call.text for call in api.made()] == [f"Smog\n\n{body}"]


@pytest.mark.parametrize("body", ["smog " * 2000, "😷" * 4000, "ą" * 5000, "<" * 5000])
async def test_a_body_without_sentences_is_cut_and_says_so(api: TelegramStandIn, channel: Channel, body: str) -> None:
    assert isinstance(await channel.send(CHAT, OutgoingMessage("Smog " * 80, body, 7)), Receipt)
    (text,) = (call.text for call in api.made())
    cut = text.removesuffix("\n\nUstawienia i rezygnacja: /alerty")
    assert cut.endswith("…")
    assert not cut.endswith("smo…")
    assert 4080 < len(text.encode("utf-16-le")) / 2 <= 4096


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        (403, "Forbidden: bot was blocked by the user", RecipientGone("forbidden")),
        (403, "Forbidden: user is deactivated", RecipientGone("forbidden")),
        (400, "Bad Request: chat not found", RecipientGone("chat_not_found")),
        (400, "Bad Request: group chat was deactivated", RecipientGone("chat_deactivated")),
        (400, f"Bad Request: something about {CHAT}", Rejected("bad_request")),
        (400, "Bad Request: can't parse entities: unclosed tag", Rejected("markup")),
        (400, "Bad Request: not enough rights to send text messages to the chat", Rejected("no_right_to_write")),
        (401, "Unauthorized", Misconfigured("token_refused")),
        (404, "Not Found", Misconfigured("token_refused")),
        (413, "Request Entity Too Large", Rejected("too_long")),
        (418, "a new kind of refusal", Retryable("not_accepted")),
        (500, "Internal Server Error", Retryable("server_error")),
        (502, "Bad Gateway", Retryable("server_error")),
    ],
)
async def test_what_telegram_says_becomes_an_outcome(
    api: TelegramStandIn, channel: Channel, status: int, said: str, outcome: Outcome
) -> None:
    api.fail("sendMessage", status, said=said)
    assert await channel.send(CHAT, MESSAGE) == outcome
    assert isinstance(await channel.send(CHAT, MESSAGE), Receipt)


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        (403, "Forbidden: bot was kicked from the channel chat", RecipientGone("city_channel_lost", needs_staff=True)),
        (400, "Bad Request: chat not found", RecipientGone("city_channel_lost", needs_staff=True)),
        (
            400,
            "Bad Request: need administrator rights in the channel chat",
            Rejected("city_channel_rights", needs_staff=True),
        ),
        (500, "Internal Server Error", Retryable("server_error")),
    ],
)
async def test_what_the_citys_own_channel_refuses_is_for_staff(
    api: TelegramStandIn, channel: Channel, status: int, said: str, outcome: Outcome
) -> None:
    api.fail("sendMessage", status, said=said)
    assert await channel.send("@miasto_info", MESSAGE) == outcome


async def test_too_many_messages_rest_as_long_as_telegram_asks(
    api: TelegramStandIn, channel: Channel, clock: FrozenClock
) -> None:
    api.fail("sendMessage", 429, retry_after=17)
    assert await channel.send(CHAT, MESSAGE) == Throttled(clock.now() + timedelta(seconds=17))


async def test_a_refused_token_stops_the_channel(api: TelegramStandIn, clock: FrozenClock) -> None:
    async with telegram_channel("654321:of-yesterday", api.url, clock) as channel:
        assert await channel.send(CHAT, MESSAGE) == Misconfigured("token_refused")


async def test_what_is_no_token_is_said_before_anything_is_sent(clock: FrozenClock) -> None:
    with pytest.raises(ConfigurationError, match="TELEGRAM_BOT_TOKEN"):
        async with telegram_channel("not a token", "http://127.0.0.1:9", clock):
            pass


async def test_a_public_channel_is_written_to_by_its_name(api: TelegramStandIn, channel: Channel) -> None:
    assert isinstance(await channel.send("@miasto_komunikaty", MESSAGE), Receipt)
    assert api.made()[0].values["chat_id"] == "@miasto_komunikaty"
    assert "/alerty" not in api.made()[0].text


async def test_a_group_that_moved_is_written_to_where_it_is_now(api: TelegramStandIn, channel: Channel) -> None:
    api.fail("sendMessage", 400, said="Bad Request: group upgraded", moved_to=-100777)
    assert isinstance(await channel.send("-555", MESSAGE), Receipt)
    assert [call.values["chat_id"] for call in api.made()] == [-100777]


@pytest.mark.parametrize("address", ["@", "@abc", "@1miasto", "@miasto komunikaty", "@" + "a" * 33])
async def test_what_is_no_name_of_a_channel_is_not_called(api: TelegramStandIn, channel: Channel, address: str) -> None:
    assert await channel.send(address, MESSAGE) == Rejected("no_chat_id")
    assert api.calls == []


async def test_an_address_that_is_no_chat_is_not_called(api: TelegramStandIn, channel: Channel) -> None:
    assert await channel.send("+48 601 234 567 dom", MESSAGE) == Rejected("no_chat_id")
    assert api.calls == []


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(b"", Unanswered("no_answer"), id="the connection is lost"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{", Unanswered("no_answer"), id="half an answer"),
        pytest.param(_http("502 Bad Gateway", "<h1>502</h1>"), Unanswered("no_answer"), id="a page of a proxy"),
        pytest.param(_http("400 Bad Request", MOVED), Rejected("moved_to_supergroup"), id="the group moved"),
    ],
)
async def test_what_comes_over_the_wire_after_the_message_went_out(
    clock: FrozenClock, answer: bytes, outcome: Outcome
) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with telegram_channel(TOKEN, f"http://127.0.0.1:{port}", clock) as channel:
            assert await channel.send(CHAT, MESSAGE) == outcome


async def test_where_nobody_listens_nothing_was_sent(clock: FrozenClock) -> None:
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
    async with telegram_channel(TOKEN, f"http://127.0.0.1:{port}", clock) as channel:
        assert await channel.send(CHAT, MESSAGE) == Retryable("unreachable")


def test_a_call_ends_before_the_channel_gives_it_up() -> None:
    assert 0 < REQUEST_SECONDS < SEND_SECONDS
