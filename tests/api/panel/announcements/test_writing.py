"""Writing: nothing typed is lost, every fault is told beside its field, and what is typed is seen at once."""

import re
from html import unescape

import pytest

from core.sms_text import to_gsm
from core.staff.permissions import Role
from tests.api.panel.announcements.conftest import BODY, NEWS, TITLE, Fields, Town, typed, written
from tests.api.panel.conftest import Browser, Panel, words

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def _post(browser: Browser, fields: Fields, path: str = f"{NEWS}/nowy") -> tuple[int, str]:
    answer = await typed(browser, path, fields)
    return answer.status_code, answer.text


def _faults(html: str) -> dict[str, str]:
    return {name: unescape(told) for name, told in re.findall(r'id="(\w+)-fault">([^<]+)', html)}


async def test_everything_that_is_wrong_is_told_beside_its_field_and_stays_typed(staff_panel: Panel) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    wrong: Fields = {
        "title": "ż" * 121,
        "body": "",
        "channel": [],
        "district": ["piekary"],
        "event_starts": "2027-03-28T02:30",
        "place": "Rynek",
        "expires": "2020-01-01T10:00",
    }
    status, html = await _post(editor, wrong)
    assert status == 422
    assert set(_faults(html)) == {"title", "body", "channel", "event_starts", "expires"}
    assert "najwyżej 120 znaków" in _faults(html)["title"]
    assert "zegary" in _faults(html)["event_starts"]
    assert 'value="' + "ż" * 121 in html
    assert re.search(r'value="piekary" checked', html)
    assert 'value="Rynek"' in html


_WRONG: tuple[tuple[Fields, str, str], ...] = (
    ({"title": " \u200b "}, "title", "Proszę wpisać tytuł"),
    ({"body": "x" * 4000}, "body", "najwyżej 1000 znaków"),
    ({"body": "Zapraszamy {day}."}, "body", "Nie ma pola {day}"),
    ({"body": "Nawias { wisi"}, "body", "Nawias klamrowy"),
    ({"sms": "x" * 901}, "sms", "najwyżej 900 znaków"),
    ({"expires": "32.13.2026, 10:00"}, "expires", "Nie ma takiej daty"),
    ({"expires": "jutro"}, "expires", "Nie ma takiej daty"),
    ({"event_starts": "2026-10-25T02:30", "place": "Rynek"}, "event_starts", "dwa razy"),
    ({"event_starts": "2026-11-22T18:00", "place": "Rynek"}, "event_starts", "już minął"),
    ({"event_starts": "2026-12-12T18:00"}, "place", "miejsce wydarzenia"),
    ({"place": "Rynek"}, "event_starts", "kiedy zaczyna się"),
    (
        {"event_starts": "2026-12-12T18:00", "event_ends": "2026-12-12T17:00", "place": "Rynek"},
        "event_ends",
        "przed początkiem",
    ),
    (
        {"event_starts": "2026-12-12T18:00", "place": "Rynek", "registration": "javascript:alert(1)"},
        "registration",
        "pełny adres strony",
    ),
    ({"district": ["atlantyda"]}, "district", "Nie ma dzielnicy"),
)


async def test_what_cannot_be_is_said_in_a_sentence(staff_panel: Panel) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    for fields, field, said in _WRONG:
        status, html = await _post(editor, fields)
        assert (fields, status, said in _faults(html)[field]) == (fields, 422, True)
    all_wrong = {"event_starts": "2026-11-22T18:00", "event_ends": "2026-11-22T17:00", "registration": "miasto.pl"}
    _, html = await _post(editor, all_wrong)
    assert set(_faults(html)) == {*all_wrong, "place"}


async def test_markup_is_shown_as_it_was_typed_and_runs_nowhere(staff_panel: Panel) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    page = await written(editor, title="<script>alert(1)</script>", body="<img src=x onerror=alert(1)>")
    for path in (page, f"{page}/edycja", NEWS, f"{page}/probka"):
        html = (await editor.get(path)).text
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert "<script>alert(1)</script>" in words((await editor.get(page)).text)


async def test_the_preview_counts_parts_and_money_in_both_spellings_and_names_dear_letters(
    staff_panel: Panel, town: Town
) -> None:
    await town.sign_up(3)
    await town.sign_up(2, "telegram")
    editor = await staff_panel.visit(Role.EDITOR)
    answer = await typed(editor, f"{NEWS}/podglad", None, **{"HX-Request": "true"})
    shown = words(answer.text)
    assert "<h1>" not in answer.text
    assert "bez polskich liter (tak wyjdzie) 72 1 × 3 0,60 zł" in shown
    assert "z polskimi literami 72 2 × 3 1,20 zł" in shown
    assert "ę , ł , ą , ń" in shown
    assert "Zamknieta ulica Zlotoryjska" in shown
    assert "Rezygnacja: STOP" in shown
    assert "SMS 3 Telegram 2 Strona miasta wszyscy" in shown
    assert "Wiadomości razem: 5." in shown


async def test_the_preview_works_without_scripts_and_for_what_is_not_right_yet(staff_panel: Panel) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    status, html = await _post(editor, {"body": "{ x", "title": "", "expires": "kiedyś"}, f"{NEWS}/podglad")
    assert status == 200
    assert "<h1>Nowy komunikat</h1>" in html
    assert "{ x" in html


async def test_districts_say_how_many_they_reach(staff_panel: Panel, town: Town) -> None:
    await town.sign_up(2)
    editor = await staff_panel.visit(Role.EDITOR)
    assert "2 osoby są zapisane na te powiadomienia" in words((await editor.get(f"{NEWS}/nowy")).text)
    shown = words((await _post(editor, {"district": ["piekary"], "channel": ["telegram"]}, f"{NEWS}/podglad"))[1])
    assert "Telegram 0" in shown


async def test_the_same_form_sent_twice_is_one_announcement_and_another_text_asks_again(staff_panel: Panel) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    assert await written(editor) == await written(editor) == f"{NEWS}/1"
    status, html = await _post(editor, {"body": "Zupełnie inna treść."})
    assert (status, "już raz zapisany" in html, "Zupełnie inna treść." in html) == (422, True, True)
    (key,) = re.findall(r'name="key" value="([0-9a-f]{32})"', html)
    assert await written(editor, body="Zupełnie inna treść.", key=key) == f"{NEWS}/2"


async def test_an_edit_of_what_somebody_else_changed_is_refused_and_stays_typed(staff_panel: Panel) -> None:
    editor, other = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.EDITOR, "Ola Mak")
    page = await written(editor)
    assert (await _post(other, {"body": "Zmiana Oli.", "version": "1"}, f"{page}/edycja"))[0] == 303
    status, html = await _post(editor, {"body": "Zmiana Anny.", "version": "1"}, f"{page}/edycja")
    assert (status, "ktoś zmienił ten komunikat" in html, "Zmiana Anny." in html) == (422, True, True)


async def test_a_template_is_saved_used_and_deleted(staff_panel: Panel) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    page = await written(editor, channel=["sms"], district=["piekary"])
    assert (await editor.post(f"{page}/szablon", {"name": "Zamknięcie"})).status_code == 303
    again = await editor.post(f"{page}/szablon", {"name": "ZAMKNIĘCIE"})
    assert (again.status_code, "Jest już szablon o tej nazwie" in again.text) == (422, True)
    html = (await editor.get(f"{NEWS}/nowy?szablon=1")).text
    assert TITLE in html
    assert re.search(r'value="piekary" checked', html)
    assert re.search(r'value="telegram">', html)
    assert (await editor.post(f"{NEWS}/szablony/1/usun")).status_code == 303
    assert (await editor.get(f"{NEWS}/nowy?szablon=1")).status_code == 404


async def test_whoever_writes_for_the_first_time_starts_from_a_pattern_of_the_city(staff_panel: Panel) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    html = (await editor.get(f"{NEWS}/nowy?wzor=road_closed")).text
    assert "Zamknięta ulica [nazwa ulicy]" in html
    assert "Proszę sprawdzić, czy wszystkie miejsca są wypełnione" in html


async def test_a_sample_reaches_only_whoever_asks_and_the_number_is_kept_masked(staff_panel: Panel, town: Town) -> None:
    await town.sign_up(3)
    editor = await staff_panel.visit(Role.EDITOR)
    page = (await written(editor, then="sample")).removesuffix("/probka")
    own = (("sms", "512 345 678"), ("telegram", "123456789"), ("email", "anna@miasto.pl"), ("sms", ""))
    for channel, address in own:
        answer = await editor.post(f"{page}/probka", {"channel": channel, "address": address})
        assert answer.headers["location"] == f"{page}?zapisano=probka"
    sample = f"PRÓBA: {TITLE}\n{BODY}"
    by_sms = ("sms", to_gsm(f"{sample}\nRezygnacja: STOP"))
    by_telegram = ("telegram", f"{sample}\n\nUstawienia i rezygnacja: /alerty")
    assert await town.outbox() == [by_sms, by_telegram, ("email", sample), by_sms]
    html = (await editor.get(f"{page}/probka")).text
    assert "+48 *** *** 678" in html
    assert "512345678" not in html.replace(" ", "")


async def test_a_sample_to_nowhere_is_refused_and_what_was_typed_stays(staff_panel: Panel, town: Town) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    page = await written(editor)
    nowhere = (
        ("sms", "22 555 00 00"),
        ("sms", ""),
        ("telegram", "-100200"),
        ("email", "anna@"),
        ("email", "a\r\nBcc:"),
    )
    for channel, address in nowhere:
        answer = await editor.post(f"{page}/probka", {"channel": channel, "address": address})
        assert (channel, answer.status_code, "address-fault" in answer.text) == (channel, 422, True)
        assert address.partition("\r")[0] in answer.text
    assert await town.outbox() == []


async def test_samples_end_after_ten_an_hour(staff_panel: Panel, town: Town) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    page = await written(editor)
    for _ in range(10):
        await editor.post(f"{page}/probka", {"channel": "telegram", "address": "123456789"})
    answer = await editor.post(f"{page}/probka", {"channel": "telegram", "address": "123456789"})
    assert "W ciągu godziny można wysłać 10 próbek" in answer.text
    assert len(await town.outbox()) == 10
