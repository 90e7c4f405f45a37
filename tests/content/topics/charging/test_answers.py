"""What residents read about charging: questions are made from their own words, through places and vocabulary."""

from collections.abc import Awaitable, Callable

import pytest

from content.answer import SHARE_LOCATION, Answer, Coordinates
from content.question import Entity
from content.topics.charging.known import Chargers, PackChargers
from content.topics.charging.register import Register
from tests.content.topics.charging.conftest import MARKET_SQUARE
from tests.fakes import FrozenClock

Ask = Callable[..., Awaitable[Answer]]
GUESSED = ("Kaufland",)
WARSAW = Coordinates(52.2297, 21.0122)


@pytest.fixture
def ask_pack(ask: Callable[[Chargers], Ask], pack: Register, clock: FrozenClock) -> Ask:
    return ask(PackChargers(pack, clock))


def spots(answer: Answer) -> list[str]:
    return [f"{spot.name}, {spot.address}" for spot in answer.places]


def payloads(answer: Answer) -> list[str]:
    return [button.payload for button in answer.buttons]


async def test_without_a_place_all_addresses_are_listed_from_the_strongest(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", "gdzie mogę naładować samochód")
    assert answer.text.splitlines()[0] == (
        "Ładowarki w Legnicy według rejestru: 17. Z adresem: 8, poniżej od najmocniejszej."
    )
    assert "tylko położenie na mapie: 9." in answer.text
    assert spots(answer)[0] == "Power Dot, ul. Sikorskiego, 59-220 Legnica"
    assert answer.places[0].details == ("CCS 120 kW", "CHAdeMO 50 kW", "Type 2 22 kW")
    assert len(answer.places) == 8
    assert SHARE_LOCATION in payloads(answer)


async def test_a_street_shows_the_chargers_registered_there(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", "jest ładowarka na Chojnowskiej?")
    assert answer.text.startswith("Ul. Chojnowska: 2 ładowarki z tym adresem w rejestrze.")
    assert spots(answer) == [
        "Lidl, ul. Chojnowska 109a, 59-220 Legnica",
        "GreenWay, ul. Chojnowska, 59-220 Legnica",
    ]


async def test_one_charger_is_said_in_the_singular(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", "CCS na chojnowskiej, minimum 50 kW")
    assert answer.text.startswith(
        "Ul. Chojnowska: 1 ładowarka z tym adresem w rejestrze – złącze CCS, moc co najmniej 50 kW."
    )
    assert [spot.name for spot in answer.places] == ["Lidl"]


async def test_an_object_is_found_like_a_street(ask_pack: Ask) -> None:
    assert spots(await ask_pack("charger_find", "pod KGHM")) == ["TAURON, KGHM, ul. Złotoryjska 194, 59-223 Legnica"]


async def test_a_street_without_the_wanted_plug_leads_to_the_nearest_that_has_it(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", "chademo na Wrocławskiej")
    assert answer.text.startswith("Ul. Wrocławska: nie znam tu takiej ładowarki (złącze CHAdeMO).")
    assert spots(answer)[0].startswith("Power Dot, ul. Sikorskiego")
    assert all(any("CHAdeMO" in detail for detail in spot.details) for spot in answer.places)


async def test_a_district_is_honest_about_the_missing_map(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", "ładowarka na Piekarach")
    assert answer.text.startswith("Piekary: nie mam sprawdzonego położenia tej części miasta na mapie")
    assert len(answer.places) == 8
    assert all(spot.distance_m is None for spot in answer.places)
    assert SHARE_LOCATION in payloads(answer)


async def test_a_street_without_a_charger_is_said(ask_pack: Ask) -> None:
    for text in ("na Jaworzyńskiej", "ccs na Jaworzyńskiej"):
        answer = await ask_pack("charger_find", text)
        assert answer.text.startswith("Ul. Jaworzyńska: nie znam ładowarki z tym adresem.")


async def test_an_unconfirmed_place_is_quoted_not_asserted(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", "przy Galerii Piastów")
    assert answer.text.startswith("Nie mam sprawdzonych informacji o miejscu „Galerii Piastów”")


async def test_a_place_with_trusted_coordinates_gives_distances_from_that_point(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", "przy al. Rzeczypospolitej")
    assert "Odległość policzona od: al. Rzeczypospolitej 10/12." in answer.text
    distances = [spot.distance_m for spot in answer.places]
    assert len(distances) == 5
    assert all(distances)
    assert distances == sorted(distance for distance in distances if distance is not None)


async def test_a_shared_position_gives_the_five_nearest(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", position=MARKET_SQUARE)
    assert answer.text.splitlines()[0] == (
        "Najbliżej: GreenWay, ul. Chojnowska, 59-220 Legnica – 500 m w linii prostej."
    )
    assert len(answer.places) == 5
    assert [spot.distance_m for spot in answer.places] == sorted(spot.distance_m or 0 for spot in answer.places)
    assert SHARE_LOCATION not in payloads(answer)


async def test_the_nearest_must_have_the_wanted_plug_and_power(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", "szybka ccs", MARKET_SQUARE)
    assert answer.text.startswith("Najbliżej: Lidl, ul. Chojnowska 109a, 59-220 Legnica – 1 km w linii prostej.")
    assert [spot.name for spot in answer.places] == ["Lidl", "TAURON", "Power Dot"]
    assert "których złączy, mocy i operatora nie znam: 9." in answer.text


async def test_far_away_only_the_own_city_is_known(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", position=WARSAW)
    assert "Znam tylko ładowarki w Legnicy." in answer.text
    assert answer.places == ()


@pytest.mark.parametrize(
    ("text", "said", "first", "unmet"),
    [
        ("150 kW", "Nie znam w Legnicy takiej ładowarki (moc co najmniej 150 kW).", "Power Dot", {"power_kw"}),
        ("chademo 100 kW", "Najbliższe temu: złącze CHAdeMO.", "Power Dot", {"power_kw"}),
        ("ładowarki orlenu", "Nie znam w Legnicy takiej ładowarki (operator ORLEN).", "Power Dot", {"operator"}),
        ("tauron 150 kW", "Najbliższe temu: operator TAURON.", "TAURON", {"power_kw"}),
        ("type 2 50 kW", "Najbliższe temu: złącze Type 2.", "GreenWay", {"power_kw"}),
        ("ccs pod kauflandem", "Najbliższe temu: złącze CCS.", "Power Dot", {"operator"}),
        ("ccs w nocy", "Nie znam godzin, w których ładowarki są czynne.", "Power Dot", {"period"}),
        ("ccs teraz", "(złącze CCS) w rejestrze.", "Power Dot", set()),
    ],
)
async def test_when_nothing_fits_the_nearest_weaker_wish_is_shown_and_the_unmet_one_named(
    ask_pack: Ask, text: str, said: str, first: str, unmet: set[str]
) -> None:
    answer = await ask_pack("charger_find", text)
    assert said in answer.text
    assert answer.places[0].name == first
    assert answer.unmet == unmet


@pytest.mark.parametrize("intent", ["charger_find", "charger_availability", "charger_price"])
async def test_only_below_what_a_place_has_narrowed_the_whole_city_is_offered(ask_pack: Ask, intent: str) -> None:
    assert payloads(await ask_pack(intent, "ccs na Chojnowskiej"))[-1] == f"{intent}?connector=ccs"
    for text in ("ccs", "ccs na Zosinku"):
        assert f"{intent}?connector=ccs" not in payloads(await ask_pack(intent, text))


@pytest.mark.parametrize("text", ["", "na Piekarach", "na Chojnowskiej", "ccs", "150 kW", "pod kauflandem"])
@pytest.mark.parametrize("position", [None, MARKET_SQUARE])
async def test_no_answer_names_a_guessed_operator_or_implies_live_data(
    ask_pack: Ask, text: str, position: Coordinates | None
) -> None:
    answer = await ask_pack("charger_find", text, position)
    assert not {spot.name for spot in answer.places} & set(GUESSED)
    assert all(spot.name == "Punkt ładowania (operator niepotwierdzony)" for spot in answer.places if not spot.address)
    assert "To dane z rejestru z 27.04.2026: nie wiem, czy ładowarka jest teraz wolna" in answer.text
    assert [source.name for source in answer.sources] == ["EIPA, rejestr UDT (kopia z 27.04.2026)"]


@pytest.mark.parametrize(("intent", "page"), [("charger_availability", ""), ("charger_price", ", greenwaypolska.pl")])
async def test_live_state_and_price_are_not_known_but_the_operator_is(ask_pack: Ask, intent: str, page: str) -> None:
    plain = await ask_pack(intent, "")
    assert plain.text.startswith(("Nie mam sprawdzonych cen", "Brak danych na żywo"))
    assert plain.facts == ()
    named = await ask_pack(intent, "na Chojnowskiej")
    assert "Operator według rejestru: GreenWay, Lidl." in named.text
    assert [(fact.label, fact.value) for fact in named.facts] == [
        ("GreenWay", f"tel. 58 325 10 77{page}"),
        ("Lidl", "tel. 800 012 071"),
    ]
    guessed = await ask_pack(intent, "pod kauflandem")
    assert guessed.text.startswith("Nie znam w Legnicy takiej ładowarki (operator Kaufland).")
    assert guessed.facts == ()


async def test_without_live_states_the_chargers_that_were_asked_for_are_shown(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_availability", "szybka ccs teraz wolna")
    assert answer.text.startswith("Brak danych na żywo")
    assert [spot.name for spot in answer.places] == ["Power Dot", "Lidl", "TAURON"]


async def test_a_fault_goes_to_the_operator_of_the_named_charger(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_report_fault", "zepsuta ładowarka taurona")
    assert [(fact.label, fact.value, fact.note) for fact in answer.facts] == [
        ("TAURON", "tel. 572 886 552", "kontakt z rejestru z 27.04.2026")
    ]


async def test_a_fault_at_an_unknown_charger_gives_all_confirmed_operators(ask_pack: Ask) -> None:
    labels = [fact.label for fact in (await ask_pack("charger_report_fault", "nie działa")).facts]
    assert labels == ["ChargeIn", "EV PLUS", "GreenWay", "Leroy Merlin", "Lidl", "Power Dot", "TAURON"]


async def test_how_to_pay_is_counted_from_the_register(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_howto")
    assert "z płatnością kartą bankową: 8." in answer.text
    assert answer.sources


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("co to jest CCS", "CCS (Combo 2) to złącze do szybkiego ładowania prądem stałym."),
        ("jak działa chademo", "W Legnicy według rejestru to złącze mają ładowarki: 3."),
        (
            "jak uruchomić ładowarkę na Gwiezdnej",
            "TAURON, ul. Gwiezdna, 59-220 Legnica: uruchamianie – karta RFID, apl",
        ),
        ("jak zapłacić w lidlu", "płatność – umowa z operatorem, karta płatnicza."),
    ],
)
async def test_how_to_begins_with_what_was_asked(ask_pack: Ask, text: str, said: str) -> None:
    answer = await ask_pack("charger_howto", text)
    assert said in answer.text
    assert ("1. Sprawdzić, czy złącze pasuje" in answer.text) is ("uruchamianie –" not in answer.text)
    assert "warto sprawdzić cenę" in answer.text


async def test_another_town_is_not_ours(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", "ładowarki w Lubinie")
    assert answer.text.startswith("Pytanie dotyczy miejscowości: Lubin. Znam tylko ładowarki w Legnicy.")
    assert answer.places == ()
    remembered = Entity("elsewhere", "lubin", "Lubin", "Lubinie")
    near_home = await ask_pack("charger_find", "na Gwiezdnej", more=(remembered,))
    assert [spot.name for spot in near_home.places] == ["TAURON"]


async def test_a_highest_power_is_understood_as_such(ask_pack: Ask) -> None:
    answer = await ask_pack("charger_find", "ccs do 40 kW")
    assert answer.text.startswith("1 ładowarka (złącze CCS, moc najwyżej 40 kW) w rejestrze.")
    assert [spot.name for spot in answer.places] == ["GreenWay"]


async def test_a_place_can_be_opened_on_a_map_and_in_the_phone(ask_pack: Ask) -> None:
    spot = (await ask_pack("charger_find", "na Gwiezdnej")).places[0]
    assert spot.position
    assert spot.position.geo_uri == "geo:51.20848,16.181638"
    assert spot.position.map_url.startswith("https://www.openstreetmap.org/?mlat=51.20848&mlon=16.181638")
