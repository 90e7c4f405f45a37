"""SMS as young and old people write them, understood by the real model and answered in one part or two."""

from collections.abc import AsyncIterator

import pytest

from bot.assistant import Assistant
from bot.sms.guard import SmsGuard
from bot.sms.inbound import IncomingSms, SmsInbox
from core.database import Database
from core.http import http_client
from core.ratelimit import RateLimiter
from core.sms_text import is_gsm, segments
from hub.assistant import assistant as build_assistant
from hub.bootstrap import Foundation
from hub.topics import Topics
from nlu.client import RasaClient
from nlu.endpoint import Endpoint
from tests.fakes import FrozenClock

pytestmark = pytest.mark.rasa

# What is sent → how the answer begins, or a word of its beginning that shows that the question was understood.
MESSAGES = {
    "SMOG": "Indeks jakosci powietrza",
    "SMOG PIEKARY": "Indeks jakosci powietrza",
    "jakie powietrze": "Indeks jakosci powietrza",
    "Dzień dobry, jaki jest dzisiaj smog na Tarninowie? Pozdrawiam, Halina": "Indeks jakosci powietrza",
    "elo jest syf w powietrzu czy nie": "Indeks jakosci powietrza",
    "pm 2.5": "PM2,5",
    "czy moge dzis isc biegac": "biegania",
    "czy z dzieckiem mozna wyjsc na spacer": "dzieciom",
    "co jutro z powietrzem": "prognozy",
    "ile pm10 bylo wczoraj": "Wczoraj",
    "ladowarka ccs": "CCS",
    "LADOWARKA": "Ladowarki",
    "gdzie naładuję auto koło Lidla": "Lidl",
    "ladowarka na Fabrycznej": "Fabryczna",
    "ladowarka nie dziala": "Awarie ladowarki",
    "ile kosztuje ladowanie": "cen ladowania",
    "jak naladowac samochod": "Jak naladowac",
    "dotacja kopciuch": "Czyste Powietrze",
    "DOTACJA": "Czyste Powietrze",
    "ile dostane na wymiane pieca": "Czyste Powietrze",
    "jak zlozyc wniosek o dotacje": "WFOSiGW",
    "pompa ciepla ile dotacji": "Czyste Powietrze",
    "fotowoltaika dotacja": "Moj Prad",
    "do kiedy mozna wymienic kopciucha": "1.07.2024",
    "kogo dotyczy zakaz palenia weglem": "wegiel",
    "sasiad pali smieci gdzie zglosic": "986",
    "ceeb": "CEEB",
    "co sie dzieje w weekend w legnicy": "wydarzenia",
    "wydarzenia": "wydarzenia",
    "co to klaster energii": "Klaster",
    "co nowego w miescie": "komunikatow",
    "kontakt do urzedu": "pl. Slowianski 8",
    "godziny otwarcia urzedu": "nie podaje: telefon, godziny pracy",
    "DZIEN DOBRY PANI": "Asystent miasta",
    "chce rozmawiac z czlowiekiem": "wiadomosc dla pracownika",
    "czuje gaz": "112!",
    "czujnik czadu piszczy": "112!",
    "pali sie w piwnicy": "112!",
    "chce dostawac powiadomienia o smogu": "Zgoda jest dobrowolna",
    "ALARM PIEKARY": "Zgoda jest dobrowolna",
    "INFO": "Komunikaty miasta",
    "prosze mnie wypisac": "Nie ma tu wlaczonych powiadomien",
    "STOP": "Nie ma tu wlaczonych powiadomien",
    "pomoc": "112",
    "dziekuje": "Ciesze sie",
    "jaka pogoda jutro": "Tego nie wiem",
}


@pytest.fixture
async def inbox(
    foundation: Foundation, topics: Topics, database: Database, clock: FrozenClock, rasa_endpoint: Endpoint
) -> AsyncIterator[SmsInbox]:
    """The inbox over the real model."""
    async with http_client(timeout=60.0) as http:
        parser = RasaClient(http, lambda: rasa_endpoint, clock, total=20.0)
        assistant: Assistant = build_assistant(foundation, topics, parser)
        guard = SmsGuard(RateLimiter(foundation.redis), 0, "k")
        yield SmsInbox(assistant, database, clock, guard, "k", texts=foundation.texts, places=foundation.places)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_every_message_is_understood_and_answered_in_at_most_two_parts(inbox: SmsInbox) -> None:
    wrong = []
    for number, (text, expected) in enumerate(MESSAGES.items()):
        answer = await inbox.reply(IncomingSms(f"SM{number}", f"+485{number:08}", text)) or ""
        if expected not in answer or not is_gsm(answer) or segments(answer) not in {1, 2}:
            wrong.append((text, segments(answer), answer))
    assert wrong == []
