"""What a place that was named tells: its kind, its point, the other place of that name, another town."""

import pytest

from content.pack import load_city
from content.places import Kind, PlaceResolver, load_places, replaced
from content.question import Entity


@pytest.fixture(scope="module")
def places() -> PlaceResolver:
    return load_places(load_city("legnica").folder)


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
    found = places.named(text)[1]
    assert (found and (found.name, found.id)) == (("elsewhere", town) if town else None)


def test_a_town_on_the_way_is_not_asked_about(places: PlaceResolver) -> None:
    assert places.named("wieczorem z Wrocławia do Bolesławca")[1] is None
    assert places.named("wieczorem z Wrocławia do Bolesławca, czy w Bolesławcu jest smog?")[1] == Entity(
        "elsewhere", "boleslawiec", "Bolesławiec", "Bolesławcu"
    )
