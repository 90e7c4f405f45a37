"""The banner above every page: two people put it up, each of them takes it down."""

from datetime import timedelta

import pytest

from core.staff.permissions import Role
from tests.api.panel.announcements.conftest import NEWS
from tests.api.panel.conftest import Panel, words

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

_TYPED = {"text": "Awaria wodociągu.", "level": "danger", "starts": "", "ends": "2026-11-24T10:00"}


async def test_two_people_put_it_up_and_it_ends_by_itself(staff_panel: Panel) -> None:
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    banners = staff_panel.desk.newsroom.banners
    await editor.post(f"{NEWS}/baner", _TYPED)
    assert await banners.current() is None
    assert "1 baner czeka na zatwierdzenie" in words((await approver.get("/panel")).text)
    assert "Zagrożenie: Awaria wodociągu." in words((await approver.get(f"{NEWS}/baner/1/zatwierdz")).text)
    await approver.post(f"{NEWS}/baner/1/zatwierdz")
    shown = await banners.current()
    assert shown
    assert (shown.text, shown.level) == ("Awaria wodociągu.", "danger")
    assert "widoczny teraz" in (await editor.get(f"{NEWS}/baner")).text
    staff_panel.clock.advance(timedelta(hours=15))
    assert await banners.current() is None


async def test_it_is_taken_down_at_once(staff_panel: Panel) -> None:
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    await editor.post(f"{NEWS}/baner", _TYPED)
    await approver.post(f"{NEWS}/baner/1/zatwierdz")
    assert (await editor.post(f"{NEWS}/baner/1/zdejmij")).status_code == 303
    assert await staff_panel.desk.newsroom.banners.current() is None
    assert (await editor.post(f"{NEWS}/baner/1/zdejmij")).status_code == 404


async def test_showing_it_needs_a_fresh_proof(staff_panel: Panel) -> None:
    editor, approver = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.APPROVER)
    await editor.post(f"{NEWS}/baner", _TYPED)
    staff_panel.clock.advance(timedelta(minutes=6))
    answer = await approver.get(f"{NEWS}/baner/1/zatwierdz")
    assert answer.headers["location"].startswith("/panel/potwierdzenie?next=")


_WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"text": " "}, "Proszę wpisać treść."),
    ({"text": "x" * 301}, "najwyżej 300 znaków"),
    ({"level": "koniec świata"}, "Proszę wybrać rodzaj."),
    ({"ends": ""}, "Proszę podać dzień i godzinę."),
    ({"ends": "2026-11-23T10:00"}, "Koniec musi być później"),
    ({"starts": "2026-11-20T10:00", "ends": "2026-11-21T10:00"}, "już minął"),
    ({"ends": "2027-03-28T02:15"}, "zegary"),
    ({"ends": "2026-12-24T10:00"}, "najwyżej 14 dni"),
)


async def test_what_cannot_be_is_told_and_stays_typed(staff_panel: Panel) -> None:
    editor = await staff_panel.visit(Role.EDITOR)
    for fields, said in _WRONG:
        answer = await editor.post(f"{NEWS}/baner", {**_TYPED, **fields})
        typed = {**_TYPED, **fields}["text"].strip()
        assert (fields, answer.status_code, said in answer.text, typed in answer.text) == (fields, 422, True, True)
