"""The real answers of the real topics as SMS."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant
from bot.message import IncomingMessage
from bot.sms.renderer import Sms, render
from content.answer import SHARE_LOCATION, Answer, Button, Coordinates, Fact, Source, Spot
from content.intents import all_intents
from core.database import Database
from core.sms_text import is_gsm, segments
from tests.fakes import FakeParser, FrozenClock

HAZARDS = {
    "czuje gaz w klatce": "992",
    "czujnik czadu piszczy": "czad",
    "pali sie dom": "Wyjsc z budynku",
    "sąsiad jest nieprzytomny": "oddech",
}


async def _say(assistant: Assistant, text: str) -> Sms:
    return render((await assistant.reply(IncomingMessage("sms", text=text), None)).answers[0])


async def _press(assistant: Assistant, payload: str) -> Sms:
    return render((await assistant.reply(IncomingMessage("sms", button=payload), None)).answers[0])


def _is_sendable(text: str) -> bool:
    return bool(text) and is_gsm(text) and segments(text) <= 2


@pytest.mark.parametrize("intent", sorted(all_intents()))
async def test_every_answer_can_be_sent_and_ends_with_a_whole_sentence(assistant: Assistant, intent: str) -> None:
    text = (await _press(assistant, intent)).text
    assert _is_sendable(text)
    assert text[-1] in ".!?" or text.endswith("gios.gov.pl"), text
    assert "udostepni" not in text.lower().replace("udostepnia gios", "")
    assert "rzycisk" not in text


async def test_the_air_in_one_part_with_its_warning_first(assistant: Assistant) -> None:
    text = (await _say(assistant, "jakie jest powietrze")).text
    assert text == (
        "DANE PRZYKLADOWE. Indeks jakosci powietrza w Legnicy: umiarkowany. "
        "PM10 srednio z 24 godz. 40,4 ug/m3 (81% normy dobowej 50 ug/m3). Pomiar 23.11 19:00."
    )
    assert segments(text) == 1


async def test_the_asked_pollutant_comes_before_the_others(assistant: Assistant) -> None:
    text = (await _press(assistant, "air_quality_now?pollutant=pm25")).text
    assert "umiarkowany. PM2,5 48,9 ug/m3" in text
    assert text.count("PM2,5") == 1


async def test_old_data_are_called_old_and_dated(assistant: Assistant, database: Database, clock: FrozenClock) -> None:
    clock.advance(timedelta(hours=5))
    text = (await _say(assistant, "jakie jest powietrze")).text
    assert text.startswith("DANE PRZYKLADOWE. Uwaga: to dane z 23.11.2026, 19:00, sprzed ponad 5 godzin. Indeks")
    assert text.count("Uwaga") == 1
    assert _is_sendable(text)


async def test_chargers_as_many_as_fit_with_plugs_source_and_date(assistant: Assistant) -> None:
    text = (await _press(assistant, "charger_find")).text
    assert "\nLidl, Chojnowska 109a: CCS 60 kW x2, Type 2 22 kW.\n" in text
    assert "EIPA 27.04.2026." in text
    assert "59-220" not in text
    assert _is_sendable(text)


async def test_the_list_of_programmes_is_one_to_choose_from(assistant: Assistant) -> None:
    sms = await _say(assistant, "dotacja na wymiane kopciucha")
    assert "Mozna odpisac: CZYSTE POWIETRZE, MOJE CIEPLO" in sms.text
    assert "16.07.2026" in sms.text
    assert sms.choices["MOJE CIEPLO"] == "subsidy_overview?program=moje_cieplo"


async def test_amounts_are_whole_numbers_with_their_programme(assistant: Assistant) -> None:
    text = (await _press(assistant, "subsidy_heat_source")).text
    assert "gruntowa 18 000, 31 500 i 45 000 zl" in text
    assert "Czyste Powietrze" in text


async def test_what_is_not_known_of_the_office_is_said_before_other_numbers(assistant: Assistant) -> None:
    text = (await _press(assistant, "office_contact")).text
    assert 0 < text.index("godziny pracy") < text.index("portal.legnica.eu") < text.index("Pogotowie gazowe: tel. 992")


@pytest.mark.parametrize(("text", "advice"), HAZARDS.items())
async def test_danger_begins_with_the_number(assistant: Assistant, text: str, advice: str) -> None:
    sms = await _say(assistant, text)
    assert sms.text.startswith("112")
    assert advice in sms.text
    assert _is_sendable(sms.text)


async def test_faults_of_chargers_keep_the_numbers_and_112(assistant: Assistant) -> None:
    text = (await _press(assistant, "charger_report_fault")).text
    assert "GreenWay: tel. 58 325 10 77." in text
    assert "W razie zagrozenia zycia: 112." in text


async def test_a_question_back_names_its_choices(assistant: Assistant) -> None:
    text = (await _say(assistant, "ile za to")).text
    assert "KWOTA (Ile wynosi dotacja), CENA (Ile kosztuje ladowanie), INNE (Cos innego)." in text


async def test_without_the_model_words_are_offered_and_112_stays(assistant: Assistant, parser: FakeParser) -> None:
    parser.is_down = True
    text = (await _say(assistant, "jakie jest powietrze")).text
    assert "W razie zagrozenia zycia: 112. Mozna odpisac: POWIETRZE, DOTACJA" in text


def test_a_source_with_the_hour_and_one_that_is_no_measurement() -> None:
    moment = datetime(2026, 11, 23, 1, tzinfo=UTC)
    real = render(
        Answer("Dobry.", (Fact("PM10 (pył)", "68,4 µg/m³", "137% normy"),), sources=(Source("GIOŚ", None, moment),))
    )
    assert real.text == "Dobry. PM10 68,4 ug/m3 (137% normy). GIOS 23.11 02:00."
    invented = render(Answer("Dobry.", sources=(Source("GIOŚ", None, moment, sample=True),)))
    assert invented.text == "DANE PRZYKLADOWE. Dobry. Pomiar 23.11 02:00."


def test_a_sentence_longer_than_an_sms_is_shortened_at_a_word() -> None:
    text = render(Answer("Dotacja " + "wynosi 18 000 zł i " * 40)).text
    assert segments(text) == 2
    assert text.endswith(("zl i...", "wynosi...", "zl..."))


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Я відповідаю польською. Небезпека: 112.\nProszę wybrać:", "Події", "Prosze wybrac: WYDARZENIA."),
        ("I answer in Polish. Press a button.\nIs it:", "Events", "I answer in Polish. Is it: WYDARZENIA (Events)."),
    ],
)
def test_of_another_language_stands_what_can_be_read_and_done_by_sms(text: str, title: str, expected: str) -> None:
    sms = render(Answer(text, buttons=(Button(title, "event_list"),)))
    assert sms.text == f"{expected} Prosze odpisac jedno slowo."


def test_the_hour_of_a_measurement_is_said_once() -> None:
    source = Source("GIOŚ", None, datetime(2026, 11, 23, 1, tzinfo=UTC))
    sms = render(Answer("Umiarkowane.\nPomiar: 23.11.2026, 02:00, stacja przy al. Lipowej.", sources=(source,)))
    assert sms.text == "Umiarkowane. GIOS 23.11 02:00."


def test_an_answer_without_a_readable_letter_says_so() -> None:
    assert render(Answer("😀😀")).text == "Nie mam krotkiej odpowiedzi na to pytanie."


_texts = st.text(max_size=200) | st.lists(
    st.sampled_from(
        ["Powietrze jest złe.", "Uwaga: stare.", "• Lista, 18 000 zł.", "€[]|", "112", "\n", "Ładowarki:", " "]
    ),
    max_size=40,
).map("".join)
_answers = st.builds(
    Answer,
    _texts,
    facts=st.lists(st.builds(Fact, _texts, _texts, st.none() | _texts), max_size=5).map(tuple),
    buttons=st.lists(st.builds(Button, _texts, st.sampled_from([SHARE_LOCATION, "help", "x?a=1", ""])), max_size=5).map(
        tuple
    ),
    places=st.lists(
        st.builds(
            Spot, _texts, st.none() | _texts, st.lists(_texts, max_size=3).map(tuple), st.just(Coordinates(1, 2))
        ),
        max_size=5,
    ).map(tuple),
    sources=st.lists(
        st.builds(Source, _texts, st.none() | _texts, st.none() | st.just(date(2026, 1, 2)), st.booleans()), max_size=4
    ).map(tuple),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_answers)
def test_whatever_the_answer_the_sms_can_be_sent_and_keeps_its_warning(answer: Answer) -> None:
    text = render(answer).text
    assert _is_sendable(text)
    if any(source.sample for source in answer.sources):
        assert "DANE PRZYKLADOWE" in text
