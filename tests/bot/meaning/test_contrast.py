"""Saying first what is not meant."""

import pytest

from bot.meaning.contrast import question_meant, value_meant
from tests.bot.talking import Talk
from tests.fakes import FakeParser


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Nie pytam o smog, tylko kto skontroluje piec sąsiada", "kto skontroluje piec sąsiada"),
        ("nie interesuja mnie mikrogramy lecz czy moge biegac", "czy moge biegac"),
        ("ale nie ile dopłacą, tylko jakie kotły wolno", "jakie kotły wolno"),
        ("nie chcę zmieniać godzin, chcę żeby nic nie przychodziło", "żeby nic nie przychodziło"),
        ("nie chodzi mi o konferencję; interesuje mnie sam klaster", "sam klaster"),
    ],
)
def test_the_question_that_is_meant(text: str, meant: str) -> None:
    assert question_meant(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "nie działa ładowarka, tylko pobrało pieniądze",
        "nie mam pieca, tylko kominek, czy mogę palić",
        "nie wiem, ile to kosztuje, ale chcę wymienić piec",
        "nie pytam o to",
        "jakie powietrze",
    ],
)
def test_nothing_is_set_aside(text: str) -> None:
    assert question_meant(text) is None


def test_the_value_that_is_meant() -> None:
    assert value_meant("nie o Piekary, tylko o Kartuzy") == "o Kartuzy"
    assert value_meant("nie jutro tylko dzisiaj") == "dzisiaj"
    assert value_meant("na Kartuzach") is None


async def test_what_is_set_aside_is_not_answered(talk: Talk, parser: FakeParser) -> None:
    said = "nie pytam, jaki jest smog, tylko kto przyjedzie to skontrolować"
    parser.learn(said, ("air_quality_now", 0.8), ("air_report_burning", 0.2))
    parser.learn("kto przyjedzie to skontrolować", ("air_report_burning", 0.9))
    assert await talk.served(said) == ("air_report_burning", set())
    # Alone it says nothing: the whole sentence counts.
    parser.learn("nie pytam o smog, tylko no wiecie co", ("air_explain", 0.9))
    assert await talk.served("nie pytam o smog, tylko no wiecie co") == ("air_explain", set())


async def test_a_value_stands_instead_of_another(talk: Talk, parser: FakeParser) -> None:
    parser.learn("jakie powietrze na {place}", ("air_quality_now", 0.9))
    parser.learn("nie na {place}, tylko na {place}", ("inform", 0.9))
    await talk.say("jakie powietrze na Piekarach")
    assert await talk.served("nie na Piekarach, tylko na Zosinku") == ("air_quality_now", {"zosinek"})
