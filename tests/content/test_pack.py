"""A city is a folder of data: the shipped one and an invented second one."""

from datetime import date
from pathlib import Path

import pytest

from bot.meaning.understander import Understander
from content.intents import all_intents
from content.pack import PACKS, load_city
from content.pack_file import PackError
from content.places import load_places
from content.question import Question
from content.registry import Registry
from content.texts import Texts
from content.topics.charging.register import load_register
from content.topics.office.answers import answers as office_answers
from content.topics.office.contacts import load_contacts
from content.topics.safety.answers import answers as safety_answers
from content.validate import check_pack
from content.vocabulary import load_vocabulary
from core.errors import ConfigurationError
from hub.bootstrap import PACK_LOADERS
from tests.fakes import FakeParser

TODAY = date(2026, 11, 23)
SECOND = Path(__file__).parents[1] / "city_packs"
REAL = load_city("legnica")


@pytest.mark.parametrize("path", sorted(PACKS.glob("*/city.yml")), ids=lambda path: path.parent.name)
def test_the_shipped_packs_are_whole(path: Path) -> None:
    check_pack(path.parent, TODAY, PACK_LOADERS, like=REAL.folder)


def test_the_second_city_is_whole_and_has_every_wording_of_the_first() -> None:
    check_pack(SECOND / "borowina", TODAY, PACK_LOADERS, like=REAL.folder)


def test_the_second_city_holds_no_data_of_the_first() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in (SECOND / "borowina").rglob("*.*"))
    names = (REAL.name, REAL.genitive, REAL.office.address, REAL.air_station.code, "legnic")
    assert not [name for name in names if name.lower() in text.lower()]


async def test_the_second_city_understands_its_places_and_answers_in_its_name() -> None:
    city = load_city("borowina", SECOND)
    parser, texts, register = FakeParser(), Texts(city.folder), load_register(city.folder)
    understander = Understander(load_places(city.folder), load_vocabulary(register.operator_terms()), parser)
    parser.learn("gdzie naladuje auto na {place}", ("charger_find", 0.9))
    understood = await understander.understand("gdzie naladuje auto na Wrzosowej")
    assert [entity.id for entity in understood.entities] == ["wrzosowa"]
    registry = Registry(texts, office_answers(load_contacts(city.folder), texts), safety_answers(texts))
    office = await registry.answer(Question("office_contact"))
    assert office.text.startswith("Urząd Miasta Borowiny Górnej: Rynek 1, 00-001 Borowina Górna, tel. 00 000 00 00")
    assert "112" in (await registry.answer(Question("emergency"))).text
    said = [(await registry.answer(Question(intent))).text for intent in all_intents()]
    assert not [text for text in said if "legnic" in text.lower()]


def test_an_unknown_city_names_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match=r"CITY names no city pack.*there are: borowina"):
        load_city("atlantyda", SECOND)


def test_a_wrong_city_file_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    text = (SECOND / "borowina" / "city.yml").read_text(encoding="utf-8")
    (tmp_path / "x" / "city.yml").write_text(text.replace("id: 9001", "id: dziewięć"), encoding="utf-8")
    with pytest.raises(PackError, match=r"x/city\.yml:10: air_station\.id: "):
        load_city("x", tmp_path)
