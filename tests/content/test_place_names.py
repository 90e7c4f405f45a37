"""Names of places as residents write them: cases, no Polish letters, typing errors, and words that only look alike."""

import time

import pytest

from content.pack import load_city
from content.places import PlaceData, PlaceResolver, load_places


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


def test_names_of_less_than_five_letters_allow_no_error() -> None:
    resolver = PlaceResolver(
        PlaceData.model_validate({"places": [{"id": "lipa", "name": "Lipa", "kind": "district", "confidence": "high"}]})
    )
    assert [match.id for match in resolver.find("Lipa")] == ["lipa"]
    assert resolver.find("Lira") == ()


def test_a_message_of_a_thousand_letters_takes_less_than_five_milliseconds(places: PlaceResolver) -> None:
    sentences = [text for text, _ in NAMED] + [text for text in NOT_NAMED if text]
    text = ". ".join(sentences)[:1000]
    started = time.process_time()
    for _ in range(20):
        places.find(text)
    assert (time.process_time() - started) / 20 < 0.005
