"""The story of four announcements and a banner: written, approved, sent, paused and corrected."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import Page

from docs.pictures.access import Staff
from docs.pictures.camera import Camera

_PATIENCE = 120
_TITLE = "Zamknięta ulica Najświętszej Marii Panny"
_BODY = (
    "Od 1 do 5 grudnia ulica Najświętszej Marii Panny jest zamknięta dla samochodów z powodu naprawy wodociągu. "
    "Autobusy jadą ulicą Witelona. Chodniki są otwarte."
)
_SHORTER = (
    "Od 1 do 5 grudnia ulica Najświętszej Marii Panny jest zamknięta dla samochodów. Autobusy jadą ulicą Witelona."
)
_FAIR = "Jarmark świąteczny w Rynku"
_FAIR_BODY = "Zapraszamy na jarmark: {day}, {hour}, {place}. Wstęp wolny, dojazd autobusem bez opłat."
_WATER = "Przerwa w dostawie wody na Piekarach"
_WATER_BODY = "We wtorek od 8:00 do 14:00 nie będzie wody na osiedlu Piekary. Beczkowóz stanie przy szkole nr 4."
_BANNER = "Silny wiatr do godziny 20:00. Proszę omijać parki i nie parkować pod drzewami."


async def story(staff: Staff, taking: Camera) -> None:
    """Play it, with a picture of every step."""
    await _write(staff, taking)
    await _approve_and_send(staff, taking)
    await _event(staff, taking)
    await _pause(staff, taking)
    await _look_around(staff, taking)
    await _banner(staff, taking)


async def _write(staff: Staff, taking: Camera) -> None:
    page = staff.editor
    await _compose(page, staff, _TITLE, _BODY)
    await page.locator("#look-sms").wait_for()
    await taking.take(page, "komunikat-pisanie", tallest=1300)
    await taking.take(page, "komunikat-koszt", top="section.looks", tallest=560)
    await page.get_by_label("Treść", exact=True).fill(_SHORTER)
    await page.get_by_role("button", name="Zapisz szkic").click()
    await page.get_by_role("heading", name="Co dalej").wait_for()
    await taking.take(page, "komunikat-szkic", tallest=560)
    await page.get_by_role("link", name="Wyślij próbkę do mnie").click()
    await page.get_by_label("Mój numer telefonu").fill("600 100 299")
    await taking.take(page, "probka", tallest=700)
    await page.get_by_role("button", name="Wyślij próbkę przez SMS").click()
    await page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    await page.get_by_text("czeka na zatwierdzenie").first.wait_for()


async def _approve_and_send(staff: Staff, taking: Camera) -> None:
    page = staff.approver
    await _open(page, staff, _TITLE)
    await taking.take(page, "zatwierdzenie", tallest=700)
    await _approve(page)
    await taking.take(page, "wysylka", tallest=900)
    await page.get_by_role("button", name="Wyślij do wszystkich").click()
    await _until(page, "wysłany")
    await taking.take(page, "wyslany", tallest=900)
    await page.get_by_role("link", name="Co stało się z każdą wiadomością").click()
    await taking.take(page, "odbiorcy", tallest=700)


async def _event(staff: Staff, taking: Camera) -> None:
    page = staff.editor
    await _compose(page, staff, _FAIR, _FAIR_BODY)
    await page.get_by_text("To jest wydarzenie").click()
    await page.get_by_label("Początek").fill(_moment(days=12, hour=12))
    await page.get_by_label("Koniec (nieobowiązkowy)").fill(_moment(days=12, hour=18))
    await page.get_by_label("Miejsce").fill("Rynek")
    await taking.take(page, "wydarzenie", top="summary:has-text('To jest wydarzenie')", tallest=620)
    await _hand_over(page)
    await _open(staff.approver, staff, _FAIR)
    await _approve(staff.approver)
    await staff.approver.get_by_label("Dzień i godzina").fill(_moment(days=1, hour=10))
    await staff.approver.get_by_role("button", name="Zaplanuj wysłanie").click()
    await _until(staff.approver, "zaplanowany")
    await taking.take(staff.approver, "zaplanowany", tallest=620)


async def _pause(staff: Staff, taking: Camera) -> None:
    """The cap on what SMS may cost in a day is used up, so some of these wait."""
    await _compose(staff.editor, staff, _WATER, _WATER_BODY)
    await _hand_over(staff.editor)
    page = staff.approver
    await _open(page, staff, _WATER)
    await _approve(page)
    await page.get_by_role("button", name="Wyślij do wszystkich").click()
    await _until(page, "w trakcie wysyłania")
    await page.get_by_role("button", name="Wstrzymaj wysyłanie").click()
    await _until(page, "wysyłanie wstrzymane")
    await taking.take(page, "wstrzymany", tallest=760)


async def _look_around(staff: Staff, taking: Camera) -> None:
    page = staff.editor
    await taking.visit(page, f"{staff.panel}/komunikaty?stan=wszystkie", "komunikaty", tallest=800)
    await taking.visit(page, f"{staff.panel}/komunikaty/kalendarz", "kalendarz", tallest=900)
    await taking.visit(page, f"{staff.panel}/komunikaty/szablony", "szablony", tallest=700)
    await _open(page, staff, _TITLE)
    await page.get_by_role("link", name="Napisz sprostowanie").click()
    await taking.take(page, "sprostowanie", tallest=700)


async def _banner(staff: Staff, taking: Camera) -> None:
    page = staff.editor
    await page.goto(f"{staff.panel}/komunikaty/baner")
    await page.get_by_label("Treść").fill(_BANNER)
    await page.get_by_label("Do", exact=True).fill(_moment(days=1, hour=20))
    await taking.take(page, "baner", tallest=760)
    await page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    await staff.approver.goto(f"{staff.panel}/komunikaty/baner")
    await staff.approver.get_by_role("link", name="Zatwierdź").click()
    await taking.take(staff.approver, "baner-zatwierdzenie", tallest=460)
    await staff.approver.get_by_role("button", name="Zatwierdź i pokaż").click()
    await staff.approver.get_by_text(_BANNER).first.wait_for()


async def _compose(page: Page, staff: Staff, title: str, body: str) -> None:
    await page.goto(f"{staff.panel}/komunikaty/nowy")
    await page.get_by_label("Tytuł").fill(title)
    await page.get_by_label("Treść", exact=True).fill(body)
    await page.locator("#look-audience").wait_for()


async def _hand_over(page: Page) -> None:
    await page.get_by_role("button", name="Zapisz szkic").click()
    await page.get_by_role("button", name="Przekaż do zatwierdzenia").click()
    await page.get_by_text("czeka na zatwierdzenie").first.wait_for()


async def _open(page: Page, staff: Staff, title: str) -> None:
    await page.goto(f"{staff.panel}/komunikaty?stan=wszystkie")
    await page.get_by_role("link", name=title).first.click()
    await page.get_by_role("heading", name="Co dalej").wait_for()


async def _approve(page: Page) -> None:
    """Approve what is open, and go on to its sending."""
    await page.get_by_role("button", name="Zatwierdź tę treść").click()
    await page.get_by_role("link", name="Wyślij albo zaplanuj").click()


async def _until(page: Page, state: str) -> None:
    """Look again until the announcement is in a state; every look loads the page."""
    async with asyncio.timeout(_PATIENCE):
        while state != await page.locator("h1 .badge").inner_text():
            await page.wait_for_timeout(300)
            await page.reload()


def _moment(*, days: int, hour: int) -> str:
    """Return an hour some days from now in Polish time, as a field of a browser takes it."""
    day = datetime.now(ZoneInfo("Europe/Warsaw")) + timedelta(days=days)
    return day.strftime(f"%Y-%m-%dT{hour:02}:00")
