"""SMS over HTTP, answered by the real assistant."""

import asyncio
from collections.abc import Callable

import httpx2
import pytest
from sqlalchemy import inspect, text

from bot.sms import inbound
from core.database import Database
from core.sms_text import segments
from tests.api.twilio.sms import NUMBER, answer_of, form, post, say, turns
from tests.fakes import FakeParser


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
    answer = await say(sms, "jakie jest powietrze")
    assert answer.startswith("DANE PRZYKLADOWE. Indeks jakosci powietrza w Legnicy")
    assert "PM10 srednio z 24 godz. 40,4 ug/m3 (81% normy dobowej 50 ug/m3)" in answer


async def test_the_number_keeps_the_conversation(sms: httpx2.AsyncClient, parser: FakeParser) -> None:
    await say(sms, "gdzie naladuje auto na Chojnowskiej", "SM1")
    parser.learn("a na {place}", ("inform", 0.9))
    assert "Fabryczna" in await say(sms, "a na Fabrycznej", "SM2")
    stranger = await say(sms, "a na Fabrycznej", "SM3", From="+48600700800")
    assert "Mozna odpisac: POWIETRZE, LADOWARKA" in stranger


async def test_a_word_of_the_answer_before_is_its_button(sms: httpx2.AsyncClient, parser: FakeParser) -> None:
    await say(sms, "dotacja na wymiane kopciucha", "SM1")
    parser.is_down = True
    assert (await say(sms, "moje ciepło", "SM2")).startswith("Moje Cieplo: Dotacja na pompe ciepla w nowym domu")
    assert "EIPA" in await say(sms, "Ładowarka", "SM3")
    assert parser.heard == ["dotacja na wymiane kopciucha"]


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
    assert (await say(sms, body, NumMedia=media)).startswith(sentence)
    assert await turns(database) == []


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
    await say(sms, word)
    assert await turns(database) == [f"[{intent}]"]
    assert parser.heard == []


async def test_danger_is_answered_with_the_number_first(sms: httpx2.AsyncClient, parser: FakeParser) -> None:
    parser.is_down = True
    assert (await say(sms, "czuje gaz w klatce")).startswith("112")


async def test_a_fault_of_ours_is_a_short_sms(
    sms: httpx2.AsyncClient, parser: FakeParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def explode(_text: str) -> None:
        message = "secret detail"
        raise RuntimeError(message)

    monkeypatch.setattr(parser, "parse", explode)
    answer = await say(sms, "jakie jest powietrze")
    assert answer == "Nie udalo sie odpowiedziec. Prosze sprobowac za kilka minut. Zagrozenie zycia: 112."


async def test_an_answer_that_takes_too_long_is_given_up_before_twilio_does(
    sms: httpx2.AsyncClient, parser: FakeParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(_text: str) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(parser, "parse", hang)
    monkeypatch.setattr(inbound, "_DEADLINE_SECONDS", 0.3)
    assert (await say(sms, "jakie jest powietrze")).startswith("Nie udalo sie odpowiedziec.")


@pytest.mark.parametrize("sender", ["LEGNICA", "4455", "", "whatsapp:+48500100200", "+48500100200 "])
async def test_who_has_no_number_is_not_answered(sms: httpx2.AsyncClient, database: Database, sender: str) -> None:
    assert answer_of(await post(sms, form("jakie jest powietrze", From=sender))) is None
    assert await turns(database) == []


async def test_help_is_one_sms_with_the_words_that_work(sms: httpx2.AsyncClient, parser: FakeParser) -> None:
    parser.is_down = True
    text = await say(sms, "Pomoc")
    assert all(word in text for word in ("ALARM", "INFO", "STOP", "112"))
    assert segments(text) == 1


async def test_the_phone_number_is_nowhere(
    sms: httpx2.AsyncClient,
    database: Database,
    parser: FakeParser,
    monkeypatch: pytest.MonkeyPatch,
    product_log: Callable[[], str],
) -> None:
    await say(sms, "proszę dzwonić 500 100 200, dotacja", "SM1")

    async def explode(_text: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(parser, "parse", explode)
    await say(sms, "jakie jest powietrze", "SM2")
    digits = NUMBER.removeprefix("+48")
    written = (await _everything_stored(database)).replace(" ", "")
    assert "dotacja" in written
    assert digits not in written
    logged = product_log()
    assert "sms not answered" in logged
    assert digits not in logged.replace(" ", "")
