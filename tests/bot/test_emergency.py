"""The rule that never depends on the model: it must hear danger, and must not hear it in everyday questions."""

import pytest

from bot.emergency import hazard_in

DANGERS = [
    ("czuje gaz w klatce", "gas"),
    ("Czuję gaz w klatce schodowej!!!", "gas"),
    ("w kuchni czuć gazem co robić", "gas"),
    ("smierdzi gazem w piwnicy", "gas"),
    ("chyba ulatnia się gaz", "gas"),
    ("zapach gazu na korytarzu", "gas"),
    ("sąsiadka mówi że poczuła u nas gaz", "gas"),
    ("wyciek gazu na ulicy", "gas"),
    ("piszczy czujnik czadu", "carbon_monoxide"),
    ("czujnik tlenku węgla wyje od 5 minut", "carbon_monoxide"),
    ("włączył się czujnik czadu i boli mnie głowa", "carbon_monoxide"),
    ("czujka czadu piszczy co robic", "carbon_monoxide"),
    ("chyba się zaczadziliśmy", "carbon_monoxide"),
    ("mama zatruła się czadem", "carbon_monoxide"),
    ("pożar w kamienicy", "fire"),
    ("pali się dach u sąsiada", "fire"),
    ("zapaliły sie sadze w kominie, pali się komin i blok", "fire"),
    ("pali się piwnica", "fire"),
    ("mąż zemdlał w łazience", "collapse"),
    ("babcia jest nieprzytomna", "collapse"),
    ("dziecko nie oddycha", "collapse"),
    ("ratunku", "collapse"),
]
EVERYDAY = [
    "sąsiad pali śmieciami, gdzie to zgłosić",
    "czarny dym z komina na Piekarach",
    "ile kosztuje czujnik czadu, jest dofinansowanie?",
    "czy jest dotacja na czujnik czadu",
    "czy mogę mieć kocioł gazowy",
    "dotacja na piec gazowy",
    "czym wolno palić w piecu",
    "pali się zielona lampka na ładowarce, czy działa",
    "jaka jest cena gazu",
    "czujniki smogu w mieście, wyjaśnij co mierzą",
    "czy to samo co czad?",
    "kopciuch sąsiada nas dusi",
    "włączyłem czujnik pm10 w domu i pokazuje 80",
    "jakie jest powietrze",
    "gdzie naładować auto",
    "chcę zgłosić zadymienie",
    "czy samochód jedzie na gaz czy na prąd",
    "duszno dzisiaj, jaki jest smog",
    "straż pożarna numer",
    "pieką mnie oczy od dymu",
]


@pytest.mark.parametrize(("text", "hazard"), DANGERS)
def test_hears_danger(text: str, hazard: str) -> None:
    assert hazard_in(text) == hazard


@pytest.mark.parametrize("text", EVERYDAY)
def test_stays_silent_on_everyday_questions(text: str) -> None:
    assert hazard_in(text) is None
