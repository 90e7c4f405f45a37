"""The rule that never depends on the model: it must hear danger, and must not hear it in everyday questions."""

import pytest

from bot.meaning.emergency import hazard_in

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
    ("dziecko sie dusi", "collapse"),
    ("syn ma silny atak astmy", "collapse"),
    ("nie moge zlapac tchu", "collapse"),
    ("ratunku", "collapse"),
    ("пахне газом у під'їзді", "gas"),
    ("витік газу", "gas"),
    ("в квартире пахнет газом", "gas"),
    ("There is a gas leak in my flat!", "gas"),
    ("es riecht stark nach Gas", "gas"),
    ("датчик чадного газу пищить", "carbon_monoxide"),
    ("the CO detector is beeping", "carbon_monoxide"),
    ("пожежа в будинку", "fire"),
    ("горит квартира", "fire"),
    ("my house is on fire", "fire"),
    ("мама без сознания", "collapse"),
    ("she passed out", "collapse"),
    ("my baby can't breathe", "collapse"),
    ("Дитина задихається", "collapse"),
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
    "miasto się dusi od smogu",
    "jest dziś czym oddychać?",
    "straż pożarna numer",
    "pieką mnie oczy od dymu",
    "charging at the gas station",
    "where is the fire station",
    "gas boiler subsidy",
    "the city is choking on smog",
    "скільки коштує датчик чадного газу",
    "горить зелена лампочка на зарядці",
    "дотация на газовый котёл",
]


@pytest.mark.parametrize(("text", "hazard"), DANGERS)
def test_hears_danger(text: str, hazard: str) -> None:
    assert hazard_in(text) == hazard


@pytest.mark.parametrize("text", EVERYDAY)
def test_stays_silent_on_everyday_questions(text: str) -> None:
    assert hazard_in(text) is None
