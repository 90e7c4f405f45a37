"""Names of places as residents write them: cases, no Polish letters, typing errors, and words that only look alike."""

import time

import pytest

from content.pack import load_city
from content.places import Kind, PlaceData, PlaceResolver, load_places, replaced
from content.question import Entity


@pytest.fixture(scope="module")
def places() -> PlaceResolver:
    return load_places(load_city("legnica").folder)


NAMED = [
    # districts, in the cases that questions need
    ("jakie dziś powietrze na Piekarach", ["piekary"]),
    ("Piekary", ["piekary"]),
    ("mieszkam koło Piekar", ["piekary"]),
    ("Piekary Wielkie smog", ["piekary"]),
    ("na Starych Piekarach", ["stare_piekary"]),
    ("na Zosinku dymi", ["zosinek"]),
    ("za Zosinkiem", ["zosinek"]),
    ("do Zosinka daleko", ["zosinek"]),
    ("na Przybkowie", ["przybkow"]),
    ("zapis na alerty przybkow", ["przybkow"]),
    ("wspólnota na Tarninowie", ["tarninow"]),
    ("w okolicy Tarninowa", ["tarninow"]),
    ("na zakaczu", ["zakaczawie"]),
    ("mieszkam na Zakaczawiu", ["zakaczawie"]),
    ("na Bielanach", ["bielany"]),
    ("na Kartuzach", ["kartuzy"]),
    ("w Piątnicy", ["piatnica"]),
    ("w piatnicy", ["piatnica"]),
    ("Pątnów Legnicki", ["patnow_legnicki"]),
    ("w Pątnowie Legnickim", ["patnow_legnicki"]),
    ("w Nowej Wsi Legnickiej", ["nowa_wies_legnicka"]),
    ("na Starym Mieście", ["stare_miasto"]),
    ("w Śródmieściu", ["srodmiescie"]),
    ("ccs w centrum zajęty?", ["srodmiescie"]),
    ("w Szymanowicach", ["szymanowice"]),
    ("w Pawłowicach Małych", ["pawlowice_male"]),
    ("w Białce nie ma smogu", ["bialka"]),
    ("słupek na Koperniku", ["osiedle_kopernika"]),
    ("osiedle Mikołaja Kopernika", ["osiedle_kopernika"]),
    ("Kopernik", ["osiedle_kopernika"]),
    ("a na tarninowie", ["tarninow"]),
    # streets, squares and objects
    ("ładowarka na Chojnowskiej", ["chojnowska"]),
    ("na działkach za Złotoryjską", ["zlotoryjska"]),
    ("slupek rozwalony, zlotoryjska", ["zlotoryjska"]),
    ("jadę ulicą Wrocławską", ["wroclawska"]),
    ("no a przy Sikorskiego", ["sikorskiego"]),
    ("ul. Sikorskiego 5", ["sikorskiego"]),
    ("przy alei Rzeczypospolitej", ["rzeczypospolitej"]),
    ("al. Rzeczypospolitej", ["rzeczypospolitej"]),
    ("na placu Słowiańskim", ["slowianski"]),
    ("koło rynku", ["rynek"]),
    ("na Rynku", ["rynek"]),
    ("koło NMP", ["najswietszej_marii_panny"]),
    ("przy Najświętszej Marii Panny", ["najswietszej_marii_panny"]),
    ("na Skłodowskiej-Curie", ["sklodowskiej_curie"]),
    ("ul. Fabryczna", ["fabryczna"]),
    ("ładowarka Fabryczna", ["fabryczna"]),
    ("przy Objazdowej", ["objazdowa"]),
    ("na Jaworzyńskiej i na Poznańskiej", ["jaworzynska", "poznanska"]),
    ("w pobliżu Galerii Piastów", ["galeria_piastow"]),
    ("galeria piastow", ["galeria_piastow"]),
    ("pod KGHM", ["kghm"]),
    ("czy biurowiec KGHM ma ładowarkę na parkingu", ["kghm"]),
    ("pod biurowcem KGHM można się podłączyć?", ["kghm"]),
    # a name of two words shows at the beginning of a sentence too that it is one
    ("Białe Sady, szeregówka, ogrzewanie gazowe", ["biale_sady"]),
    ("do Ochoty jest daleko z rynku", ["ochota", "rynek"]),
    # the city itself
    ("gdzie naładuję auto w Legnicy", ["legnica"]),
    ("LEGNICA", ["legnica"]),
    # typing errors
    ("na Zosnku", ["zosinek"]),
    ("na Pikarach", ["piekary"]),
    ("na zlotoryjksiej", ["zlotoryjska"]),
    ("na chojnowksiej", ["chojnowska"]),
    ("przy sikorskigo", ["sikorskiego"]),
    ("al. Rzeczpospolitej", ["rzeczypospolitej"]),
    ("w lengicy", ["legnica"]),
    ("na tarnionwie", ["tarninow"]),
    # a wrong first letter, letters doubled, words run together or torn apart, points without a space
    ("na xosinku dymi", ["zosinek"]),
    ("oiekary powietrze", ["piekary"]),
    ("przy hojnowskiej", ["chojnowska"]),
    ("zeczypospolitej pył", ["rzeczypospolitej"]),
    ("na Pszybkowie", ["przybkow"]),
    ("skłodowskej-curie dym", ["sklodowskiej_curie"]),
    ("ul.chojnowska smog", ["chojnowska"]),
    ("al.rzeczypospolitej pm10", ["rzeczypospolitej"]),
    ("ulchojnowska 12", ["chojnowska"]),
    ("napiekarach śmierdzi", ["piekary"]),
    ("galeriapiastow ładowarka", ["galeria_piastow"]),
    ("na tarni nowie", ["tarninow"]),
    ("(Zosinek)", ["zosinek"]),
    # what tells a place from an ordinary word: a house number, „przy”, a message of nothing else
    ("łąkowa 7 ktoś pali śmieci", ["lakowa"]),
    ("objazdowa 3 ładowarka wolna?", ["objazdowa"]),
    ("przy fabrycznej kabel urwany", ["fabryczna"]),
    ("Złotniki jaki pył", ["zlotniki"]),
    ("gwiezdnej, ta przy sklepie", ["gwiezdna"]),
    ("LADOWARKA NA FABRYCZNEJ", ["fabryczna"]),
    # streets of which nothing but the name is known, objects
    ("ul. Izerska", ["izerska"]),
    ("na Iwaszkiewicza", ["iwaszkiewicza"]),
    ("ul. Dębowa 3", ["debowa"]),
    ("ul. gen. Władysława Andersa", ["andersa"]),
    ("al. Orla Bialego", ["orla_bialego"]),
    ("koło Parku Miejskiego", ["park_miejski"]),
    ("pod galerią gwarną", ["galeria_gwarna"]),
    # two places in one sentence
    ("na rogu Złotoryjskiej i Chojnowskiej", ["zlotoryjska", "chojnowska"]),
    ("nie na Piekarach, tylko na Tarninowie", ["piekary", "tarninow"]),
    ("wracam z Wrocławia na Piekary", ["piekary"]),
    ("z Piekar na Zosinek przez Wrocławską", ["piekary", "zosinek", "wroclawska"]),
]

NOT_NAMED = [
    "gdzie jest piekarnia",
    "pracuję w piekarni",
    "piekarz palił śmieci",
    "Kopernik był astronomem",
    "czy Kopernik urodził się w Toruniu",
    "Mikołaj Kopernik",
    "rynek pracy",
    "co słychać na rynku pracy",
    "ceny na rynku energii",
    "sklep z bielizną",
    "fabryka przy torach dymi",
    "instalacja fabryczna pompy",
    "trasa objazdowa",
    "mam dużo białka w diecie",
    "w piwnicy czuć dym",
    "mam ochotę na kawę",
    "z ochotą się zapiszę",
    "Białe sady kwitną wiosną",
    "spółka KGHM miedź wydobywa",
    "budynek Kopernika i jego czasy",
    "jadę do Wrocławia",
    "WFOŚiGW oddział wrocławski",
    "mieszkam w Złotoryi",
    "z Poznania do Głogowa",
    "proszę panów o pomoc",
    "podatnicy i prawnicy",
    "trawa łąkowa",
    "prezydent Rzeczypospolitej Polskiej",
    "legnicki klaster energii",
    "centrum handlowe otwarte",
    "bieganie w parku",
    # adjectives of the same letters
    "w chojnowskiej firmie",
    "prenumerata gazety wrocławskiej",
    "gwiezdne wojny w kinie",
    "na fabrycznej gwarancji",
    "z fabryczną gwarancją",
    "graniczna wartość pm10",
    "na małej mocy",
    "mała ładowarka",
    "w dębowej szafie",
    "śląska kiełbasa",
    # people and things named after them
    "wiersze Mickiewicza",
    "pomnik Piłsudskiego",
    "rząd Sikorskiego",
    # other towns, and places in them
    "Piekary Śląskie powietrze",
    "bielany wrocławskie ikea ładowarka",
    "Nowy Dwór Mazowiecki smog",
    "smog Bielany w Warszawie",
    "smog na Bielanach warszawskich",
    "Pątnów koło Konina, elektrownia",
    "Kartuzy na Kaszubach powietrze",
    "śródmieście Łodzi powietrze",
    "ul. Sikorskiego w Lubinie",
    "Lubin, ul. Sikorskiego 5",
    "ładowarki w Lubinie na Sikorskiego",
    # common words that lie one letter from a name
    "oczy mnie pieką",
    "czy gazowy też zakażą",
    "nie rozumiem tych cyferek",
    "klucz mi się złamał w zamku",
    "",
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_recognises_a_place(places: PlaceResolver, text: str, expected: list[str]) -> None:
    assert [match.id for match in places.find(text)] == expected


@pytest.mark.parametrize("text", NOT_NAMED)
def test_ordinary_words_are_no_places(places: PlaceResolver, text: str) -> None:
    assert places.find(text) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ul. Kopernika", Kind.STREET),
        ("przy Kopernika", Kind.STREET),
        ("na Kopernika", Kind.DISTRICT),
        ("os. Kopernika", Kind.DISTRICT),
        ("w okolicy Kopernika", Kind.DISTRICT),
        ("ul. Asnyka", Kind.STREET),
        ("na Asnyka", Kind.DISTRICT),
    ],
)
def test_the_word_before_decides_between_district_and_street(places: PlaceResolver, text: str, kind: Kind) -> None:
    assert [match.kind for match in places.find(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jakie powietrze na Piekarach?", "Jakie powietrze na {place}?"),
        ("ul. Złotoryjska 194, Legnica", "ul. {place} 194, {place}"),
        ("koło Galerii Piastów w Legnicy", "koło {place} w {place}"),
        ("żółta łuna nad Łąkową – pali się", "żółta łuna nad {place} – pali się"),
        ("bez miejsca", "bez miejsca"),
    ],
)
def test_only_the_name_becomes_the_token(places: PlaceResolver, text: str, expected: str) -> None:
    assert replaced(text, places.find(text)) == expected


def test_a_match_says_what_was_written_and_where(places: PlaceResolver) -> None:
    text = "smog na zosnku"
    (match,) = places.find(text)
    assert (match.name, match.text, text[match.start : match.end], match.verified) == (
        "Zosinek",
        "zosnku",
        "zosnku",
        True,
    )
    assert 0.8 < match.score < 1


def test_streets_and_objects_are_one_entity_and_the_city_is_none(places: PlaceResolver) -> None:
    matches = places.find("Legnica, na Piekarach, przy Chojnowskiej, pod KGHM")
    assert places.entities(matches) == (
        Entity("district", "piekary", "Piekary", "Piekarach"),
        Entity("street", "chojnowska", "ul. Chojnowska", "Chojnowskiej"),
        Entity("street", "kghm", "KGHM", "KGHM"),
    )
    assert places.entity("nieznane") is None


def test_unconfirmed_names_are_understood_but_neither_offered_nor_called_verified(places: PlaceResolver) -> None:
    (match,) = places.find("w Czarnym Dworze śmierdzi")
    assert (match.id, match.verified) == ("czarny_dwor", False)
    offered = {place.id for kind in Kind for place in places.offered(kind)}
    assert {"piekary", "zosinek", "chojnowska"} <= offered
    assert offered.isdisjoint({"czarny_dwor", "ochota", "pawice", "galeria_piastow", "osiedle_asnyka"})


def test_coordinates_come_only_with_a_confirmed_place_and_the_point_they_mean() -> None:
    resolver = load_places(load_city("legnica").folder)
    located = [place for kind in Kind for place in resolver.offered(kind) if place.position]
    assert [place.id for place in located] == ["rzeczypospolitej"]
    assert all(place.confidence == "high" and place.position_of for place in located)


def test_names_of_less_than_five_letters_allow_no_error() -> None:
    resolver = PlaceResolver(
        PlaceData.model_validate({"places": [{"id": "lipa", "name": "Lipa", "kind": "district", "confidence": "high"}]})
    )
    assert [match.id for match in resolver.find("Lipa")] == ["lipa"]
    assert resolver.find("Lira") == ()


@pytest.mark.parametrize(
    ("text", "first", "other"),
    [
        ("Asnyka", "osiedle_asnyka", ("asnyka",)),
        ("na Asnyka", "osiedle_asnyka", ("asnyka",)),
        ("przy Asnyka", "asnyka", ("osiedle_asnyka",)),
        ("ul. Asnyka", "asnyka", ()),
        ("Asnyka 5", "asnyka", ()),
        ("os. Asnyka", "osiedle_asnyka", ()),
        ("koło dworca", "dworzec_kolejowy", ("dworzec_autobusowy",)),
        ("najblizej dworca", "dworzec_kolejowy", ("dworzec_autobusowy",)),
    ],
)
def test_a_name_of_two_places_tells_of_the_other_until_a_word_decides(
    places: PlaceResolver, text: str, first: str, other: tuple[str, ...]
) -> None:
    assert [(match.id, match.other) for match in places.find(text)] == [(first, other)]


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("ładowarki w Lubinie", "lubin"),
        ("jakie powietrze we wroclawiu", "wroclaw"),
        ("powietrze Lubin", "lubin"),
        ("stacja pod Wrocławiem", "wroclaw"),
        ("w Jeleniej Górze teraz", "jelenia_gora"),
        ("w jaworze jest czujnik?", "jawor"),
        ("pm10 w wałbrzhychu", "walbrzych"),
        ("ul. Sikorskiego w Lubinie", "lubin"),
        ("smog na Bielanach Wrocławskich", "bielany_wroclawskie"),
        # a journey, our own city, streets and ordinary words
        ("jadę do Wrocławia", None),
        ("wracam z Karpacza", None),
        ("w Legnicy jest drożej niż we Wrocławiu", None),
        ("ładowarka na Wrocławskiej", None),
        ("żadne z tych", None),
        ("jawor i brzoza w ogrodzie", None),
        ("stoję na brzegu rzeki", None),
    ],
)
def test_another_town_is_recognised_when_it_is_asked_about(places: PlaceResolver, text: str, town: str | None) -> None:
    found = places.elsewhere(text)
    assert (found and (found.name, found.id)) == (("elsewhere", town) if town else None)


def test_a_town_on_the_way_is_not_asked_about(places: PlaceResolver) -> None:
    assert places.elsewhere("wieczorem z Wrocławia do Bolesławca") is None
    assert places.elsewhere("wieczorem z Wrocławia do Bolesławca, czy w Bolesławcu jest smog?") == Entity(
        "elsewhere", "boleslawiec", "Bolesławiec", "Bolesławcu"
    )


def test_a_message_of_a_thousand_letters_takes_less_than_five_milliseconds(places: PlaceResolver) -> None:
    sentences = [text for text, _ in NAMED] + [text for text in NOT_NAMED if text]
    text = ". ".join(sentences)[:1000]
    started = time.process_time()
    for _ in range(20):
        places.find(text)
    assert (time.process_time() - started) / 20 < 0.005
