"""Answers as residents see them in Telegram."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.telegram.methods import callback_data
from bot.telegram.outgoing import Outgoing
from bot.telegram.renderer import render
from content.answer import Answer, Button, Chart, Coordinates, Fact, Source, Spot
from notifier.channels.telegram.text import MAX_UNITS
from tests.standins.telegram_spec import visible

CHART = Chart("k", "PM10", "Najwięcej 68,4.", "µg/m³", (), "Źródło: GIOŚ")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _seen(message: Outgoing) -> str:
    text, problems = visible(message.text)
    assert problems == []
    return text


def test_an_answer_shows_facts_places_and_dated_sources() -> None:
    answer = Answer(
        "Powietrze jest dobre.\nMożna wietrzyć.",
        facts=(Fact("PM10", "34 µg/m³", "68% normy"), Fact("PM2,5", "12 µg/m³")),
        places=(
            Spot("Lidl", "ul. Chojnowska 109a", ("2 × CCS 50 kW",), Coordinates(51.2, 16.1), 350),
            Spot("GreenWay", distance_m=1240),
        ),
        sources=(
            Source("GIOŚ", "https://powietrze.gios.gov.pl", datetime(2026, 11, 23, 18, tzinfo=UTC), sample=True),
            Source("EIPA", as_of=date(2026, 4, 27)),
        ),
    )
    (message,) = render(answer)
    assert _seen(message).splitlines() == [
        "Powietrze jest dobre.",
        "Można wietrzyć.",
        "",
        "PM10: 34 µg/m³ (68% normy)",
        "PM2,5: 12 µg/m³",
        "",
        "Lidl – 350 m",
        "ul. Chojnowska 109a",
        "2 × CCS 50 kW",
        "Pokaż na mapie",
        "",
        "GreenWay – 1,2 km",
        "",
        "Źródło: GIOŚ, stan na 23.11.2026, 19:00, dane przykładowe",
        "Źródło: EIPA, stan na 27.04.2026",
    ]
    assert '<a href="https://www.openstreetmap.org/?mlat=51.2&amp;mlon=16.1#map=17/51.2/16.1">' in message.text
    assert '<a href="https://powietrze.gios.gov.pl">GIOŚ</a>' in message.text


def test_nothing_in_an_answer_becomes_mark_up() -> None:
    trap = "<b>&amp;\"'</a><script>"
    answer = Answer(
        trap,
        facts=(Fact(trap, trap, trap),),
        places=(Spot(trap, trap, (trap,)),),
        sources=(Source(trap, 'https://x.pl/"><b>&a=1'), Source(trap, "javascript:alert(1)")),
    )
    (message,) = render(answer)
    assert _seen(message).count(trap) == 9
    assert "javascript:" not in message.text


@pytest.mark.parametrize("letter", ["ż", "😀", "<"])
def test_long_texts_are_split_between_paragraphs(letter: str) -> None:
    paragraphs = [f"{number} {letter * 300}" for number in range(40)]
    messages = render(Answer("\n".join(paragraphs), buttons=(Button("Pomoc", "help"),)))
    assert "\n".join(_seen(message) for message in messages).splitlines() == paragraphs
    assert all(_units(_seen(message)) <= MAX_UNITS for message in messages)
    assert len(messages) > 2
    assert [bool(message.buttons) for message in messages] == [False] * (len(messages) - 1) + [True]


@pytest.mark.parametrize("word", ["powietrze ", "😀", "&"])
def test_a_paragraph_longer_than_a_message_loses_nothing(word: str) -> None:
    text = (word * 9000).strip()
    messages = render(Answer(text))
    assert all(1 <= _units(_seen(message)) <= MAX_UNITS for message in messages)
    assert "".join(_seen(message) for message in messages).replace(" ", "") == text.replace(" ", "")


def test_a_stored_message_is_the_same_message() -> None:
    place = Spot("Lidl", position=Coordinates(51.2, 16.1))
    answer = Answer("Tak <b>", buttons=(Button("Pomoc", "help"),), places=(place,), chart=CHART)
    shown = [*render(answer, b"PNG", venues=1), Outgoing("tak", location_key="Wyślij"), Outgoing("tak", edits=7)]
    for message in shown:
        assert Outgoing.from_json(json.loads(json.dumps(message.to_json()))) == message


def test_a_caption_holds_what_the_chart_shows_and_never_too_much() -> None:
    long = Answer(
        "powietrze " * 300, buttons=(Button("Pomoc", "help"),), chart=replace(CHART, description="opis " * 400)
    )
    *words, chart = render(long, b"PNG")
    assert "".join(map(_seen, words)).count("powietrze") == 300
    assert 900 < _units(_seen(chart)) <= 1024
    assert _seen(chart).endswith("Źródło: GIOŚ")
    assert (chart.photo, bool(chart.buttons)) == (b"PNG", True)


def test_only_places_with_a_position_are_shown_on_the_map_and_only_the_first() -> None:
    places = (Spot("bez mapy"), *(Spot(f"{number}", position=Coordinates(51.2, 16.1)) for number in range(5)))
    words, *venues = render(Answer("Najbliżej:", places=places), venues=2)
    assert "bez mapy" in _seen(words)
    assert [message.venue.title for message in venues if message.venue] == ["0", "1"]


@pytest.mark.parametrize("payload", ["", "#abc", "ż" * 33, "charger_find?" + "street=chojnowska&" * 5])
def test_a_payload_telegram_would_not_take_travels_as_a_key(payload: str) -> None:
    key = callback_data(payload)
    assert key.startswith("#")
    assert len(key.encode()) <= 64


def test_a_payload_telegram_takes_travels_itself() -> None:
    assert callback_data("a" * 64) == "a" * 64
