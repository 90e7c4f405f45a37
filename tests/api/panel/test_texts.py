"""What the assistant says: preview, change, conflict, the way back."""

import pytest
from sqlalchemy import select

from core.audit.models import AuditRow
from core.staff.permissions import Role
from tests.api.panel.conftest import Panel, words

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

GREETING = "/panel/teksty/greet/text"
NEW = "Dzień dobry! W czym można pomóc?"


async def test_a_changed_text_is_said_at_once_and_the_earlier_one_comes_back(staff_panel: Panel) -> None:
    browser, texts = await staff_panel.visit(Role.EDITOR), staff_panel.desk.texts
    own = texts["greet"].text
    assert "Powitanie" in (await browser.get("/panel/teksty")).text
    assert own.split("\n")[0] in (await browser.get("/panel/teksty/greet")).text
    answer = await browser.post(GREETING, {"value": NEW, "note": "krócej", "seen": "0"})
    page = words((await browser.get(answer.headers["location"])).text)
    assert "Nowa treść jest zapisana." in page
    assert "Wersja 1 obecna Anna Nowak, 23.11.2026, 19:30: krócej" in page
    assert texts["greet"].text == NEW
    answer = await browser.post(f"{GREETING}/przywroc", {"version": "0", "seen": "1"})
    assert "Wcześniejsza treść jest przywrócona." in (await browser.get(answer.headers["location"])).text
    assert texts["greet"].text == own


async def test_two_editors_do_not_overwrite_each_other(staff_panel: Panel) -> None:
    first, second = await staff_panel.visit(Role.EDITOR), await staff_panel.visit(Role.EDITOR, "Zofia Mak")
    await first.post(GREETING, {"value": NEW, "seen": "0"})
    # Neither a preview nor a refusal in between makes the second one's old version a new one.
    for way, value in (("/podglad", "Witam."), ("", "Witam, {kto}.")):
        assert 'name="seen" value="0"' in (await second.post(f"{GREETING}{way}", {"value": value, "seen": "0"})).text
    answer = await second.post(GREETING, {"value": "Witam, proszę pytać.", "seen": "0"})
    assert answer.status_code == 422
    assert "Ktoś zmienił ten tekst w międzyczasie." in answer.text
    assert ">Witam, proszę pytać.</textarea>" in answer.text
    assert staff_panel.desk.texts["greet"].text == NEW


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "Tekst jest pusty."),
        ("x" * 2000, "Tekst jest za długi"),
        ("Dzień dobry, {name}!", "Nieznane pola"),
        ("Dzień dobry, {", "Nawiasy klamrowe"),
        ("Dzień\u202e dobry", "niewidoczne znaki"),
    ],
)
async def test_a_text_that_could_mislead_is_refused_and_stays_in_the_form(
    staff_panel: Panel, value: str, said: str
) -> None:
    browser, before = await staff_panel.visit(Role.EDITOR), staff_panel.desk.texts["greet"].text
    answer = await browser.post(GREETING, {"value": value, "seen": "0"})
    assert answer.status_code == 422
    assert said in answer.text
    assert f">{value}</textarea>" in answer.text
    assert staff_panel.desk.texts["greet"].text == before


async def test_a_preview_changes_nothing_and_works_with_and_without_scripts(staff_panel: Panel) -> None:
    browser, before = await staff_panel.visit(Role.EDITOR), staff_panel.desk.texts["greet"].text
    part = await browser.post(f"{GREETING}/podglad", {"value": NEW}, **{"HX-Request": "true"})
    assert "<html" not in part.text
    assert NEW in part.text
    assert "Liczba części SMS: 1" in part.text
    whole = await browser.post(f"{GREETING}/podglad", {"value": NEW})
    assert "<html" in whole.text
    assert f">{NEW}</textarea>" in whole.text
    refused = await browser.post(f"{GREETING}/podglad", {"value": "{"}, **{"HX-Request": "true"})
    assert 'role="alert"' in refused.text
    assert staff_panel.desk.texts["greet"].text == before


async def test_what_an_editor_types_is_shown_and_never_run(staff_panel: Panel) -> None:
    browser = await staff_panel.visit(Role.EDITOR)
    await browser.post(
        GREETING, {"value": "<img src=x onerror=alert(1)>", "note": "</p><script>x</script>", "seen": "0"}
    )
    for path in (GREETING, "/panel/teksty/greet"):
        page = (await browser.get(path)).text
        assert "<img src=x" not in page
        assert "<script>x" not in page


async def test_a_consent_cannot_be_changed(staff_panel: Panel) -> None:
    texts = staff_panel.desk.texts
    fixed = [(intent, name) for names in texts.topics.values() for intent in names for name in texts[intent].data.fixed]
    assert fixed
    browser = await staff_panel.visit(Role.EDITOR)
    for intent, name in fixed:
        page = (await browser.get(f"/panel/teksty/{intent}/{name}")).text
        assert "Tego tekstu nie można tu zmienić." in page
        assert "<textarea" not in page
        answer = await browser.post(f"/panel/teksty/{intent}/{name}", {"value": "Zgoda na wszystko.", "seen": "0"})
        assert answer.status_code == 422


async def test_whoever_only_reads_sees_no_form(staff_panel: Panel) -> None:
    page = (await (await staff_panel.visit(Role.APPROVER)).get(GREETING)).text
    assert "<textarea" not in page
    assert "Przywróć" not in page


@pytest.mark.parametrize("path", ["greet/nie_ma", "nie_ma/text", "nie_ma", "__class__/text"])
async def test_a_text_that_is_not_there_is_told(staff_panel: Panel, path: str) -> None:
    assert (await (await staff_panel.visit(Role.EDITOR)).get(f"/panel/teksty/{path}")).status_code == 404


async def test_each_change_stands_in_the_audit_log_with_both_texts(staff_panel: Panel) -> None:
    browser, before = await staff_panel.visit(Role.EDITOR), staff_panel.desk.texts["greet"].text
    await browser.post(GREETING, {"value": NEW, "seen": "0"})
    async with staff_panel.desk.database.read() as session:
        row = (await session.scalars(select(AuditRow).where(AuditRow.action == "text.edited"))).one()
    assert row.subject == "texts/greet/text"
    assert (row.before or {})["text"] == before
    assert (row.after or {})["text"] == NEW
