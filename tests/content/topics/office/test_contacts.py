"""Whom the assistant sends residents to: confirmed contacts only, each with its date, and an honest rest."""

from datetime import date
from pathlib import Path

import pytest

from bot.sms.renderer import render
from content.gaps import Reason, gaps
from content.pack import load_city
from content.pack_file import PackError
from content.question import Question
from content.texts import Texts
from content.topics.office.answers import answers
from content.topics.office.contacts import load_contacts

FOLDER = load_city("legnica").folder
TEXTS = Texts(FOLDER)
CONTACT = """
contacts:
- id: office
  name: Urząd
  matter: sprawy
  {detail}
  source: {{name: Strona, as_of: {as_of}}}
  confidence: {confidence}
"""


def _load(folder: Path, detail: str = "address: Rynek 1", as_of: str = "2026-01-01", confidence: str = "high") -> Path:
    (folder / "contacts.yml").write_text(
        CONTACT.format(detail=detail, as_of=as_of, confidence=confidence), encoding="utf-8"
    )
    return folder


async def test_the_office_comes_first_and_what_is_not_known_is_said() -> None:
    answer = await answers(load_contacts(FOLDER), TEXTS)["office_contact"](Question("office_contact"))
    assert answer.text.splitlines()[0] == "Urząd Miasta Legnicy: pl. Słowiański 8, 59-220 Legnica."
    assert "Nie mam potwierdzenia, więc nie podaję: telefon, godziny pracy." in answer.text
    assert "human_handoff" in {button.payload for button in answer.buttons}


async def test_other_contacts_carry_their_date_and_unconfirmed_ones_are_not_shown() -> None:
    answer = await answers(load_contacts(FOLDER), TEXTS)["office_contact"](Question("office_contact"))
    said = {fact.label: (fact.value, fact.note) for fact in answer.facts}
    assert said["Straż Miejska (dym, palenie śmieci)"] == ("tel. 986", "stan na 08.11.2016, warto sprawdzić")
    assert said["Numer alarmowy (zagrożenie życia, pożar, wypadek)"] == ("tel. 112", None)
    assert "76 726 07 61" not in str(answer)
    assert not any("WFOŚiGW" in label for label in said)


async def test_the_address_fits_an_sms() -> None:
    answer = await answers(load_contacts(FOLDER), TEXTS)["office_contact"](Question("office_contact"))
    assert "pl. Slowianski 8" in render(answer).text


async def test_a_city_that_knows_its_phone_says_it(tmp_path: Path) -> None:
    detail = 'address: Rynek 1\n  phone: "12 345 67 89"\n  hours: 8–16'
    answer = await answers(load_contacts(_load(tmp_path, detail)), TEXTS)["office_contact"](Question("office_contact"))
    assert answer.text == "Urząd: Rynek 1, tel. 12 345 67 89, godziny: 8–16."


async def test_without_any_confirmed_contact_the_citys_page_is_named(tmp_path: Path) -> None:
    contacts = load_contacts(_load(tmp_path, confidence="low"))
    answer = await answers(contacts, TEXTS)["office_contact"](Question("office_contact"))
    assert answer.text == TEXTS["office_contact"].text


@pytest.mark.parametrize(
    ("detail", "as_of", "told"),
    [
        ("hours: 8–16", "2026-01-01", "needs an address, a phone, an e-mail or a page"),
        ('phone: "12 345 67 89"', "null", "need the date of their source"),
        ('phone: "zapytaj w kasie"', "2026-01-01", "phone"),
        ("url: ftp://urzad.example", "2026-01-01", "url"),
        ("address: Rynek 1\n  missing: [address]", "2026-01-01", "known and missing at once: address"),
    ],
)
def test_a_contact_that_breaks_a_rule_stops_the_start(tmp_path: Path, detail: str, as_of: str, told: str) -> None:
    with pytest.raises(PackError, match=rf"contacts\.yml:\d+: .*{told}"):
        load_contacts(_load(tmp_path, detail, as_of))


def test_staff_see_what_is_missing_old_or_unconfirmed_and_which_answers_are_thin() -> None:
    found = gaps(TEXTS, date(2026, 11, 23), load_contacts(FOLDER).gaps)
    listed = {(gap.reason, gap.item) for gap in found}
    assert (Reason.MISSING, "city_office.phone") in listed
    assert (Reason.OLD, "city_guard") in listed
    assert (Reason.UNCONFIRMED, "environment_fund") in listed
    assert {gap.item for gap in found if gap.reason is Reason.THIN} == set(TEXTS.thin())
    assert next(gap for gap in found if gap.item == "city_guard").since == date(2016, 11, 8)


def test_a_contact_grows_old_a_year_after_its_date(tmp_path: Path) -> None:
    contacts = load_contacts(_load(tmp_path, as_of="2026-01-01"))
    assert not list(contacts.gaps(date(2027, 1, 1)))
    assert [gap.reason for gap in contacts.gaps(date(2027, 1, 2))] == [Reason.OLD]
