"""SMS over HTTP: signed as Twilio signs, answered by the real assistant."""

import asyncio
import base64
import hashlib
import hmac
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from io import StringIO
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import httpx2
import pytest
from sqlalchemy import inspect, text

from api.app import create_app
from api.dependencies import Services
from api.webhooks.twilio import PATH, TwilioWebhook, twilio_router
from api.webhooks.twilio_form import TwilioCaller
from bot.assistant import Assistant
from bot.conversations.models import TurnRow
from bot.sms import inbound
from bot.sms.guard import SmsGuard
from bot.sms.inbound import SmsInbox
from bot.sms.models import SmsReplyRow
from bot.sms.repository import claim
from core.database import Database
from core.logging import configure_logging
from core.ratelimit import RateLimiter
from core.secrets import keyed_digest
from core.settings import Settings
from core.sms_text import is_gsm, segments
from hub.bootstrap import Foundation
from hub.retention import retention
from notifier.channels.twilio.signature import SignatureCheck
from tests.fakes import FakeParser, FrozenClock

ACCOUNT, TOKEN, PUBLIC_URL = "AC0123", "auth-token", "https://miasto.example"
NUMBER, SECRET = "+48500100200", "digest-key"
Fields = list[tuple[str, str]]


class _KilledError(BaseException):
    """The process ends here: no code of ours may catch it."""


@pytest.fixture
def per_minute() -> int:
    """No limit; tests of the limit set one."""
    return 0


@pytest.fixture
async def sms(
    services: Services,
    foundation: Foundation,
    assistant: Assistant,
    database: Database,
    clock: FrozenClock,
    per_minute: int,
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the application, which Twilio's webhook is part of."""
    guard = SmsGuard(RateLimiter(foundation.redis), per_minute, SECRET)
    inbox = SmsInbox(assistant, database, clock, guard, SECRET, texts=foundation.texts, places=foundation.places)
    webhook = twilio_router(TwilioWebhook(TwilioCaller(ACCOUNT, PUBLIC_URL, SignatureCheck(TOKEN)), inbox))
    transport = httpx2.ASGITransport(create_app(services, [webhook]), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        yield client


def _fields(body: str, sid: str = "SM1", **more: str) -> Fields:
    named = {"MessageSid": sid, "AccountSid": ACCOUNT, "From": NUMBER, "To": "+48700", "Body": body, "NumMedia": "0"}
    return list({**named, **more}.items())


def _signature(fields: Fields, url: str = PUBLIC_URL + PATH) -> str:
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    return base64.b64encode(hmac.new(TOKEN.encode(), signed.encode(), hashlib.sha1).digest()).decode()


async def _post(
    client: httpx2.AsyncClient, fields: Fields, signature: str | None = None, query: str = ""
) -> httpx2.Response:
    signed = _signature(fields, PUBLIC_URL + PATH + query) if signature is None else signature
    headers = {"X-Twilio-Signature": signed, "Content-Type": "application/x-www-form-urlencoded"}
    return await client.post(PATH + query, content=urlencode(fields).encode(), headers=headers)


def _message(response: httpx2.Response) -> str | None:
    """Return the text of the answer; every one can be sent in at most two parts."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/xml")
    document = ET.fromstring(response.text)  # noqa: S314 - our own document
    assert document.tag == "Response"
    answer = document.findtext("Message")
    if answer is not None:
        assert is_gsm(answer)
        assert 1 <= segments(answer) <= 2
    return answer


async def _say(client: httpx2.AsyncClient, body: str, sid: str = "SM1", **more: str) -> str:
    answer = _message(await _post(client, _fields(body, sid, **more)))
    assert answer is not None
    return answer


async def _turns(database: Database) -> list[str]:
    async with database.read() as session:
        return [row.asked for row in (await session.execute(TurnRow.__table__.select().order_by(TurnRow.id))).all()]


async def _everything_stored(database: Database) -> str:
    async with database.engine.connect() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        rows = [
            str(row)
            for table in tables
            for row in await connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - our own tables
        ]
    return "".join(rows)


async def test_a_question_is_answered_in_one_sms(sms: httpx2.AsyncClient) -> None:
    answer = await _say(sms, "jakie jest powietrze")
    assert answer.startswith("DANE PRZYKLADOWE. Indeks jakosci powietrza w Legnicy")
    assert "PM10 srednio z 24 godz. 40,4 ug/m3 (81% normy dobowej 50 ug/m3)" in answer


async def test_the_number_keeps_the_conversation(sms: httpx2.AsyncClient, parser: FakeParser) -> None:
    await _say(sms, "gdzie naladuje auto na Chojnowskiej", "SM1")
    parser.learn("a na {place}", ("inform", 0.9))
    assert "Fabryczna" in await _say(sms, "a na Fabrycznej", "SM2")
    stranger = await _say(sms, "a na Fabrycznej", "SM3", From="+48600700800")
    assert "Mozna odpisac: POWIETRZE, LADOWARKA" in stranger


async def test_a_word_of_the_answer_before_is_its_button(sms: httpx2.AsyncClient, parser: FakeParser) -> None:
    await _say(sms, "dotacja na wymiane kopciucha", "SM1")
    parser.is_down = True
    assert (await _say(sms, "moje ciepło", "SM2")).startswith("Moje Cieplo: Dotacja na pompe ciepla w nowym domu")
    assert "EIPA" in await _say(sms, "Ładowarka", "SM3")
    assert parser.heard == ["dotacja na wymiane kopciucha"]


async def test_the_same_sms_again_gets_the_same_answer_and_is_one_turn(
    sms: httpx2.AsyncClient, database: Database, parser: FakeParser
) -> None:
    first = await _say(sms, "jakie jest powietrze")
    parser.is_down = True
    assert await _say(sms, "jakie jest powietrze") == first
    assert await _turns(database) == ["jakie jest powietrze"]


async def test_two_deliveries_at_once_are_one_turn(sms: httpx2.AsyncClient, database: Database) -> None:
    first, second = await asyncio.gather(_say(sms, "jakie jest powietrze"), _say(sms, "jakie jest powietrze"))
    assert first == second
    assert await _turns(database) == ["jakie jest powietrze"]


async def test_a_message_whose_first_delivery_died_is_answered(
    sms: httpx2.AsyncClient, database: Database, clock: FrozenClock
) -> None:
    async with database.write() as session:
        await claim(session, keyed_digest(SECRET, "SM1"), keyed_digest(SECRET, f"sms:{NUMBER}"), clock.now())
    clock.advance(timedelta(seconds=6))
    assert "PM10" in await _say(sms, "jakie jest powietrze")


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
            await _post(sms, _fields("jakie jest powietrze"))
    clock.advance(timedelta(seconds=6))
    assert "PM10" in await _say(sms, "jakie jest powietrze")


async def test_after_a_day_the_answer_is_forgotten(
    sms: httpx2.AsyncClient, database: Database, clock: FrozenClock
) -> None:
    await _say(sms, "dziękuję", "SM1")
    clock.advance(timedelta(days=1, seconds=1))
    await _say(sms, "dziękuję", "SM2")
    await retention(Settings(), database, clock).forget()
    async with database.read() as session:
        kept = (await session.execute(SmsReplyRow.__table__.select())).all()
    assert [row.message for row in kept] == [keyed_digest(SECRET, "SM2")]


@pytest.mark.parametrize(
    ("fields", "signature"),
    [
        (_fields("jakie jest powietrze"), ""),
        (_fields("jakie jest powietrze"), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (_fields("co innego"), _signature(_fields("jakie jest powietrze"))),
        (_fields("x"), _signature(_fields("x"), "http://127.0.0.1:8000" + PATH)),
        (_fields("x"), _signature(_fields("x"), f"{PUBLIC_URL}/webhooks/twilio/status")),
        (_fields("x"), _signature(_fields("x"), f"{PUBLIC_URL}{PATH}?a=1")),
        (_fields("x", AccountSid="AC9999"), None),
        ([*_fields("x"), ("AccountSid", "AC9999")], None),
        ([], None),
    ],
)
async def test_a_forged_call_is_refused_and_leaves_no_trace(
    sms: httpx2.AsyncClient, database: Database, fields: Fields, signature: str | None
) -> None:
    response = await _post(sms, fields, signature)
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert "dostawca SMS" in response.json()["detail"]
    assert await _turns(database) == []


async def test_repeated_fields_and_a_query_are_part_of_what_is_signed(sms: httpx2.AsyncClient) -> None:
    fields = [*_fields("jakie jest powietrze"), ("MediaUrl", "b"), ("MediaUrl", "a"), ("MediaUrl", "a")]
    assert "PM10" in str(_message(await _post(sms, fields, query="?city=legnica&x=%C4%85")))
    repeated = [*fields, ("MediaUrl", "c")]
    assert (await _post(sms, repeated, _signature(fields))).status_code == 403


async def test_a_call_without_a_message_id_is_refused(sms: httpx2.AsyncClient) -> None:
    assert (await _post(sms, _fields("x", sid=""))).status_code == 400


async def test_other_bodies_and_large_ones_are_refused(sms: httpx2.AsyncClient) -> None:
    assert (await sms.post(PATH, json={"Body": "x"})).status_code == 403
    assert (await sms.post(PATH, content=b"\xff%ff=%00&&;")).status_code == 403
    assert (await sms.post(PATH, content=b"x" * 70_000)).status_code == 413


@pytest.mark.parametrize(
    ("body", "media", "sentence"),
    [
        ("", "0", "Wiadomosc jest pusta."),
        (" \n\u200b", "0", "Wiadomosc jest pusta."),
        ("", "2", "Zdjec i plikow nie odczytuje."),
        ("ż" * 1001, "0", "Wiadomosc jest za dluga"),
    ],
)
async def test_what_cannot_be_read_gets_a_kind_sentence(
    sms: httpx2.AsyncClient, database: Database, body: str, media: str, sentence: str
) -> None:
    assert (await _say(sms, body, NumMedia=media)).startswith(sentence)
    assert await _turns(database) == []


@pytest.mark.parametrize(
    ("word", "intent"),
    [
        ("STOP", "alerts_unsubscribe"),
        ("Rezygnuję.", "alerts_unsubscribe"),
        ("start", "alerts_subscribe"),
        ("ALARM.STOP", "alerts_unsubscribe?end=smog"),
        ("info piekary", "alerts_subscribe?topic=announcements&district=piekary"),
        ("POMOC", "help"),
    ],
)
async def test_words_that_end_notifications_need_no_model(
    sms: httpx2.AsyncClient, database: Database, parser: FakeParser, word: str, intent: str
) -> None:
    parser.is_down = True
    await _say(sms, word)
    assert await _turns(database) == [f"[{intent}]"]
    assert parser.heard == []


async def test_danger_is_answered_with_the_number_first(sms: httpx2.AsyncClient, parser: FakeParser) -> None:
    parser.is_down = True
    assert (await _say(sms, "czuje gaz w klatce")).startswith("112")


async def test_a_fault_of_ours_is_a_short_sms(
    sms: httpx2.AsyncClient, parser: FakeParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def explode(_text: str) -> None:
        message = "secret detail"
        raise RuntimeError(message)

    monkeypatch.setattr(parser, "parse", explode)
    answer = await _say(sms, "jakie jest powietrze")
    assert answer == "Nie udalo sie odpowiedziec. Prosze sprobowac za kilka minut. Zagrozenie zycia: 112."


async def test_an_answer_that_takes_too_long_is_given_up_before_twilio_does(
    sms: httpx2.AsyncClient, parser: FakeParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(_text: str) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(parser, "parse", hang)
    monkeypatch.setattr(inbound, "_DEADLINE_SECONDS", 0.3)
    assert (await _say(sms, "jakie jest powietrze")).startswith("Nie udalo sie odpowiedziec.")


@pytest.mark.parametrize("sender", ["LEGNICA", "4455", "", "whatsapp:+48500100200", "+48500100200 "])
async def test_who_has_no_number_is_not_answered(sms: httpx2.AsyncClient, database: Database, sender: str) -> None:
    assert _message(await _post(sms, _fields("jakie jest powietrze", From=sender))) is None
    assert await _turns(database) == []


@pytest.mark.parametrize("per_minute", [4])
async def test_a_flood_is_told_once_then_met_with_silence(sms: httpx2.AsyncClient) -> None:
    first = await _say(sms, "jakie jest powietrze", "SM1")
    told = await _say(sms, "jakie jest powietrze", "SM2")
    assert told == "Za duzo wiadomosci naraz. Prosze sprobowac za kilka minut. Zagrozenie zycia: 112."
    assert _message(await _post(sms, _fields("jakie jest powietrze", "SM3"))) is None
    assert await _say(sms, "jakie jest powietrze", "SM1") == first
    assert "PM10" in await _say(sms, "jakie jest powietrze", "SM4", From="+48600700800")
    # Redelivered, a silent message stays silent.
    assert _message(await _post(sms, _fields("jakie jest powietrze", "SM3"))) is None


@pytest.mark.parametrize("per_minute", [4])
async def test_a_flood_drowns_neither_danger_nor_stop(sms: httpx2.AsyncClient, database: Database) -> None:
    for number in range(3):
        await _post(sms, _fields(f"pytanie {number}", f"SM{number}"))
    assert (await _say(sms, "czuje gaz", "SM7")).startswith("112")
    await _post(sms, _fields("STOP", "SM8"))
    assert (await _turns(database))[-2:] == ["czuje gaz", "[alerts_unsubscribe]"]


@pytest.mark.parametrize("per_minute", [600])
async def test_two_machines_do_not_answer_each_other_for_ever(sms: httpx2.AsyncClient) -> None:
    """A machine that sends one sentence, or ever new ones, however slowly."""
    same = [_message(await _post(sms, _fields("Jestem na urlopie.", f"SM{number}"))) for number in range(6)]
    assert [text is None for text in same] == [False] * 4 + [True] * 2
    other = {"From": "+48600700800"}
    new = [_message(await _post(sms, _fields(f"Sprawa {n}.", f"SN{n}", **other))) for n in range(45)]
    assert [text is None for text in new] == [False] * 40 + [True] * 5


async def test_help_is_one_sms_with_the_words_that_work(sms: httpx2.AsyncClient, parser: FakeParser) -> None:
    parser.is_down = True
    text = await _say(sms, "Pomoc")
    assert all(word in text for word in ("ALARM", "INFO", "STOP", "112"))
    assert segments(text) == 1


@pytest.fixture
def product_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    """What the product writes to its log, at the most talkative level."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    # pytest closes what it captures into when the fixtures are ready.
    log = StringIO()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", log)
        configure_logging(json=True, level="DEBUG")
    yield log.getvalue
    root.handlers = handlers
    root.setLevel(level)


async def test_the_phone_number_is_nowhere(
    sms: httpx2.AsyncClient,
    database: Database,
    parser: FakeParser,
    monkeypatch: pytest.MonkeyPatch,
    product_log: Callable[[], str],
) -> None:
    await _say(sms, "proszę dzwonić 500 100 200, dotacja", "SM1")

    async def explode(_text: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(parser, "parse", explode)
    await _say(sms, "jakie jest powietrze", "SM2")
    digits = NUMBER.removeprefix("+48")
    written = (await _everything_stored(database)).replace(" ", "")
    assert "dotacja" in written
    assert digits not in written
    logged = product_log()
    assert "sms not answered" in logged
    assert digits not in logged.replace(" ", "")
