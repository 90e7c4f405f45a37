"""Notices to staff: each once, joined, never faster than one a minute, over e-mail or a channel."""

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from content.pack import City
from content.pack_file import PackError
from notifier.channels.base import Rejected
from notifier.channels.twilio.errors import NEEDS_STAFF
from notifier.staff_notices.post import BETWEEN, StaffPost
from notifier.staff_notices.service import StaffNotices
from notifier.staff_notices.texts import FIELDS, NoticeKind, NoticeTexts, load_notice_texts
from notifier.staff_notices.ways import ChannelWay, MailServer, MailWay
from tests.notifier.deliveries.world import ScriptedChannel, World


class Letterbox:
    """A way that keeps what comes."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []
        self.works = True
        self.has_come = asyncio.Event()

    async def send(self, subject: str, body: str) -> bool:
        if self.works:
            self.letters.append((subject, body))
            self.has_come.set()
        return self.works


@pytest.fixture
def texts(city: City) -> NoticeTexts:
    return load_notice_texts(city.folder)


@pytest.fixture
def notices(world: World, texts: NoticeTexts) -> StaffNotices:
    return StaffNotices(world.database, world.redis, world.clock, texts)


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def post(world: World, box: Letterbox) -> StaffPost:
    return StaffPost(world.database, world.redis, world.clock, [box], lambda: True)


async def test_the_same_thing_is_told_once(
    notices: StaffNotices, post: StaffPost, box: Letterbox, world: World
) -> None:
    for _ in range(3):
        assert await notices.tell(NoticeKind.SPEND_CAP, "spend_cap:sms:2026-11-23", channel="sms")
        await post.step()
        world.clock.advance(BETWEEN)
    assert [subject for subject, _ in box.letters] == ["Osiągnięto dzienny limit wydatków na SMS"]


async def test_what_comes_together_goes_out_as_one_message_and_the_next_a_minute_later(
    notices: StaffNotices, post: StaffPost, box: Letterbox, world: World
) -> None:
    await notices.say("a", "Pierwsza sprawa", "Opis pierwszej.")
    assert await post.step() == 1
    for name in ("Druga", "Trzecia", "Czwarta"):
        await notices.say(name, f"{name} sprawa", "Opis.")
    assert await post.step() == 0
    world.clock.advance(BETWEEN)
    assert await post.step() == 3
    assert [subject for subject, _ in box.letters] == ["Pierwsza sprawa", "Druga sprawa (+2)"]
    assert "Czwarta sprawa" in box.letters[1][1]


async def test_a_notice_waits_until_a_way_works(
    notices: StaffNotices, post: StaffPost, box: Letterbox, world: World
) -> None:
    await notices.say("a", "Sprawa", "Opis.")
    box.works = False
    assert await post.step() == 0
    box.works = True
    assert await post.step() == 1


class _Dying:
    """A way whose process is killed while it sends."""

    async def send(self, subject: str, body: str) -> bool:
        raise asyncio.CancelledError


async def test_a_notice_whose_process_died_while_sending_goes_out_again(
    notices: StaffNotices, post: StaffPost, box: Letterbox, world: World
) -> None:
    await notices.say("a", "Sprawa", "Opis.")
    with pytest.raises(asyncio.CancelledError):
        await StaffPost(world.database, world.redis, world.clock, [_Dying()], lambda: True).step()
    assert await post.step() == 1
    assert [subject for subject, _ in box.letters] == ["Sprawa"]


async def test_the_post_carries_a_notice_at_once(notices: StaffNotices, post: StaffPost, box: Letterbox) -> None:
    stop = asyncio.Event()
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        group.create_task(post.run(stop))
        await notices.say("a", "Sprawa", "Opis.")
        await box.has_come.wait()
        stop.set()


def test_every_kind_has_words(texts: NoticeTexts) -> None:
    for kind in NoticeKind:
        subject, body = texts.render(kind, dict.fromkeys(FIELDS[kind], "sms"))
        assert subject
        assert body
        assert "{" not in subject + body


def test_words_that_name_what_is_not_known_are_refused_with_their_line(city: City, tmp_path: Path) -> None:
    words = (city.folder / "staff_notices.yml").read_text(encoding="utf-8")
    (tmp_path / "staff_notices.yml").write_text(words.replace("(kod {code})", "(kod {kod})"), encoding="utf-8")
    with pytest.raises(PackError, match=r"staff_notices.yml:\d+: unknown fields: kod"):
        load_notice_texts(tmp_path)


@pytest.mark.parametrize("code", sorted(NEEDS_STAFF))
def test_every_code_that_people_must_act_on_has_its_own_advice(texts: NoticeTexts, code: int) -> None:
    _, general = texts.render(NoticeKind.PROVIDER_REFUSAL, {"channel": "sms", "code": "?"})
    _, body = texts.render(NoticeKind.PROVIDER_REFUSAL, {"channel": "sms", "code": str(code)})
    assert body.replace(str(code), "?") != general


async def test_staff_hear_of_a_senders_fault_once_a_day_while_others_are_sent_to(
    world: World, notices: StaffNotices, box: Letterbox, post: StaffPost
) -> None:
    channel = ScriptedChannel()
    channel.default = Rejected("21612", needs_staff=True)
    lane = world.lane(channel, tools=world.tools(notices=notices))
    await world.subscribe(3)
    for key in ("news:1", "news:2"):
        broadcast = await world.publish(key)
        await world.drain(lane)
        assert await world.states(broadcast) == {"failed": 3}
        await post.step()
        world.clock.advance(BETWEEN)
    ((subject, body),) = box.letters
    assert "21612" in subject
    assert "TWILIO_FROM" in body


async def test_a_notice_goes_over_a_channel() -> None:
    channel = ScriptedChannel("telegram")
    way = ChannelWay(channel, "100200")
    assert await way.send("Sprawa", "Opis")
    assert (channel.called, channel.titles) == (["100200"], ["Sprawa"])
    channel.default = Rejected("chat_not_found")
    assert not await way.send("Sprawa", "Opis")


class MailStandIn:
    """A mail server on loopback that takes one message at a time, or refuses the recipient."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.refuses = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail\r\n")
        while line := await reader.readline():
            command = line[:4].upper()
            if command == b"DATA":
                writer.write(b"354 go on\r\n")
                self.received.append(await reader.readuntil(b"\r\n.\r\n"))
            if command == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            writer.write(b"550 no\r\n" if command == b"RCPT" and self.refuses else b"250 mail\r\n")
        await writer.drain()
        writer.close()


@pytest.fixture
async def mail() -> AsyncIterator[tuple[MailStandIn, MailWay]]:
    stand_in = MailStandIn()
    async with await asyncio.start_server(stand_in.serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield stand_in, MailWay(MailServer("127.0.0.1", port, "none"), "hub@miasto.example", ["dyzur@miasto.example"])


async def test_a_notice_goes_by_e_mail_with_polish_letters(mail: tuple[MailStandIn, MailWay]) -> None:
    stand_in, way = mail
    assert await way.send("Żółta łódź", "Zażółć gęślą jaźń")
    message = email.message_from_bytes(stand_in.received[0], policy=email.policy.default)
    assert (message["Subject"], message["To"]) == ("Żółta łódź", "dyzur@miasto.example")
    body = message.get_body()
    assert body is not None
    assert "gęślą" in body.get_content()


async def test_a_mail_server_that_refuses_or_is_away_is_no_error(mail: tuple[MailStandIn, MailWay]) -> None:
    stand_in, way = mail
    stand_in.refuses = True
    assert not await way.send("Sprawa", "Opis")
    away = MailWay(MailServer("127.0.0.1", 9, "none"), "hub@miasto.example", ["dyzur@miasto.example"])
    assert not await away.send("Sprawa", "Opis")


def test_a_password_is_in_no_log() -> None:
    assert "tajne" not in repr(MailServer("mail", 587, user="hub", password="tajne"))


def test_a_minute_lies_between_messages() -> None:
    assert timedelta(seconds=30) <= BETWEEN <= timedelta(minutes=5)
