"""The rules in the panel: told in Polish, tried on the last 30 days, put in force by those who may, and taken back."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from core.audit.models import AuditRow
from core.staff.permissions import Role
from tests.api.panel.alerts.conftest import Smog
from tests.api.panel.conftest import Browser, Panel, words

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

EDIT, TRY, SAVE = "/panel/alerty/reguly/zmiana", "/panel/alerty/reguly/proba", "/panel/alerty/reguly/zmiana"
THRESHOLD, CLEAR = "rules.pm10_day_information.threshold", "rules.pm10_day_information.clear"
EARLIER = {THRESHOLD: "70", CLEAR: "50,5"}


def _fields(html: str) -> dict[str, str]:
    """Return the fields of the form as a browser sends them."""
    found = {}
    for tag in re.findall(r"<input [^>]+>", html):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]+)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


async def _tried(browser: Browser, changes: dict[str, str]) -> str:
    fields = _fields((await browser.get(EDIT)).text)
    return (await browser.post(TRY, {**fields, **changes})).text


async def _change(browser: Browser, changes: dict[str, str], reason: str = "Decyzja wydziału") -> int:
    tried = _fields(await _tried(browser, changes))
    return (await browser.post(SAVE, {**tried, "reason": reason})).status_code


async def test_the_rules_are_told_in_plain_words(staff_panel: Panel) -> None:
    shown = words((await (await staff_panel.visit(Role.ANALYST)).get("/panel/alerty/reguly")).text)
    assert "Obowiązują reguły z pakietu miasta." in shown
    assert "Indeks jakości powietrza: alert (poziom 4: zły), gdy osiągnie 4 (zły) albo gorszy." in shown
    assert "PM10, średnia z 24 godzin: alert (poziom 5: bardzo zły), gdy przekroczy 150 µg/m³." in shown
    assert "Powiadomienie GIOŚ o poziomie alarmowym czeka na decyzję 30 minut; bez decyzji zostanie wysłany" in shown
    assert "Zmień reguły" not in shown


async def test_a_trial_shows_what_would_have_been_sent_and_stores_nothing(staff_panel: Panel, smog: Smog) -> None:
    await smog.measured({ago: 85.0 if ago < 60 else 20.0 for ago in range(200)})
    browser = await staff_panel.visit(Role.APPROVER)
    shown = words(await _tried(browser, EARLIER))
    assert "PM10, średnia z 24 godzin (pm10_day_information): próg: 100 → 70" in shown
    assert "koniec epizodu: 80 → 50,5" in shown
    # The mean passes 70 at night and is told again the next morning.
    assert "według obecnych reguł 0 wiadomości, według zmienionych 2 wiadomości" in shown
    assert "dodatkowa wiadomość" in shown
    assert "Obowiązują reguły z pakietu miasta." in words((await browser.get("/panel/alerty/reguly")).text)


async def test_what_was_tried_is_put_in_force_and_the_pack_s_rules_come_back(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.APPROVER)
    assert await _change(browser, EARLIER) == 303
    shown = words((await browser.get("/panel/alerty/reguly?zapisano=zmiana")).text)
    assert "Zmienione reguły obowiązują od teraz." in shown
    assert "Wersja 1 obowiązuje" in shown
    assert "Jan Kos: Decyzja wydziału" in shown
    assert "gdy przekroczy 70 µg/m³. Epizod trwa, dopóki wartość nie spadnie do 50,5 µg/m³ lub niżej." in shown

    fields = _fields((await browser.get(f"{EDIT}?wzor=pakiet")).text)
    assert fields[THRESHOLD] == "100"
    tried = _fields((await browser.post(TRY, fields)).text)
    await browser.post(SAVE, {**tried, "reason": "Koniec sezonu"})
    shown = words((await browser.get("/panel/alerty/reguly")).text)
    assert "Obowiązują reguły z pakietu miasta." in shown
    assert "Wersja 2: reguły z pakietu miasta obowiązuje" in shown
    assert _fields((await browser.get(f"{EDIT}?wersja=1")).text)[THRESHOLD] == "70"
    async with staff_panel.desk.database.read() as session:
        deeds = (await session.scalars(select(AuditRow).where(AuditRow.action == "alert.rules_changed"))).all()
    assert [deed.actor for deed in deeds] == ["Jan Kos", "Jan Kos"]


async def test_changed_rules_make_the_next_alert(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.APPROVER)
    off = {"rules.index_bad.on": "", "levels.5.release": "lapse", "levels.5.minutes": "45"}
    assert await _change(browser, off) == 303
    shown = words((await browser.get("/panel/alerty/reguly")).text)
    assert "poziom 4: zły wyłączona" in shown
    assert "Alert (poziom 5: bardzo zły) czeka na decyzję 45 minut; bez decyzji nie zostanie wysłany" in shown


async def test_nothing_is_saved_that_was_not_tried(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.APPROVER)
    tried = _fields(await _tried(browser, EARLIER))
    answer = await browser.post(SAVE, {**tried, THRESHOLD: "60", "reason": "Szybko"})
    assert answer.status_code == 422
    assert "Reguły zmieniły się od ostatniej próby." in answer.text
    assert "próg: 100 → 60" in words(answer.text)
    assert "Szybko</textarea>" in answer.text
    assert (await browser.post(SAVE, {**_fields(answer.text), "reason": "Szybko"})).status_code == 303


async def test_of_two_people_the_second_looks_again(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.APPROVER)
    tried = _fields(await _tried(browser, EARLIER))
    other = await staff_panel.visit(Role.APPROVER, "Zofia Mak")
    assert await _change(other, {"clear_after": "3"}) == 303
    answer = await browser.post(SAVE, {**tried, "reason": "Decyzja"})
    assert answer.status_code == 422
    assert "Ktoś zmienił reguły w międzyczasie." in answer.text


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({THRESHOLD: "sto"}, "Proszę wpisać liczbę"),
        ({THRESHOLD: "inf"}, "Proszę wpisać liczbę"),
        ({THRESHOLD: "-5"}, "Próg musi być większy od zera."),
        ({THRESHOLD: "50"}, "Wartość końca epizodu musi być niższa niż próg."),
        ({"rules.index_bad.threshold": "3,5"}, "Próg indeksu to liczba całkowita od 1 do 5."),
        ({"rules.index_bad.level": "3"}, "Ten poziom alertu nie jest opisany"),
        ({"rules.index_very_bad.on": "", "rules.pm10_day_alert.on": ""}, "Żadna reguła nie wywołuje tego poziomu."),
        ({"clear_after": "0"}, "co najmniej 1"),
        ({"clear_after": "1,5"}, "co najmniej 1"),
        ({"repeat_from_hour": "24"}, "od 0 do 23"),
        ({"lasts_hours": "1"}, "krótszy niż ważność alertu"),
        ({"levels.4.release": "send", "levels.4.minutes": ""}, "Proszę wpisać liczbę"),
        ({"levels.4.release": "send", "levels.4.minutes": "4"}, "od 5 do 240 minut"),
    ],
)
async def test_a_wrong_value_is_told_beside_its_field_and_kept(
    staff_panel: Panel, changes: dict[str, str], fault: str
) -> None:
    browser = await staff_panel.visit(Role.APPROVER)
    shown = await _tried(browser, changes)
    assert "Reguł nie można zapisać." in shown
    assert fault in words(shown)
    assert "Zapisz i stosuj od teraz" not in shown
    kept = _fields(shown)
    assert {name: kept.get(name, "") for name in changes if ".level" not in name} == {
        name: value for name, value in changes.items() if ".level" not in name
    }


async def test_rules_in_force_are_not_saved_again_and_a_reason_is_needed(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.APPROVER)
    assert "Te reguły już obowiązują." in await _tried(browser, {})
    assert await _change(browser, EARLIER, reason=" ") == 422


@pytest.mark.parametrize("path", [f"{EDIT}?wersja=7", f"{EDIT}?wersja=x"])
async def test_a_version_that_is_not_there_is_told(staff_panel: Panel, path: str) -> None:
    assert (await (await staff_panel.visit(Role.APPROVER)).get(path)).status_code == 404


async def test_only_those_who_may_change_rules(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    assert (await browser.get(EDIT)).status_code == 403
    assert (await browser.post(TRY, {"seen": "0"})).status_code == 403
    assert (await browser.post(SAVE, {"seen": "0"})).status_code == 403
