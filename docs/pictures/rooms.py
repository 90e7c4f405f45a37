"""The other rooms of the panel: matters of residents, teaching, texts, figures, state, accounts."""

from docs.pictures.access import Staff, confirm
from docs.pictures.camera import PHONE_WIDTH, Camera

_REPLY = (
    "Dziękujemy. Straż Miejska sprawdzi ten adres jutro przed południem. Proszę dopisać, o której godzinie czuć dym."
)
_GREETING_NOTE = "Krótsze powitanie"


async def story(staff: Staff, taking: Camera) -> None:
    """Look at each of them, with something to see in it."""
    await _matters(staff, taking)
    await _teaching(staff, taking)
    await _texts(staff, taking)
    await _figures(staff, taking)
    await _administration(staff, taking)


async def _matters(staff: Staff, taking: Camera) -> None:
    page = staff.editor
    await taking.visit(page, f"{staff.panel}/sprawy", "sprawy", tallest=700)
    await page.get_by_role("link", name="Powietrze").first.click()
    await page.get_by_label("Treść odpowiedzi").fill(_REPLY)
    await taking.take(page, "sprawa", tallest=1100)
    await taking.visit(page, f"{staff.panel}/rozmowy", "rozmowy", tallest=900)


async def _teaching(staff: Staff, taking: Camera) -> None:
    page = staff.editor
    await taking.visit(page, f"{staff.panel}/nauka", "nauka", tallest=900)
    await page.locator("a.card[href*='/nauka/grupy/']").first.click()
    await taking.take(page, "nauka-grupa", tallest=900)
    await page.get_by_role("button", name="Poza zakresem").click()
    await taking.visit(page, f"{staff.panel}/nauka/modele", "nauka-modele", tallest=700)


async def _texts(staff: Staff, taking: Camera) -> None:
    page = staff.editor
    await page.goto(f"{staff.panel}/teksty/greet/text")
    field = page.get_by_label("Treść", exact=True)
    await field.fill((await field.input_value()).replace("Jestem automatycznym asystentem", "Tu automatyczny asystent"))
    await page.get_by_label("Uwaga do zmiany (nieobowiązkowa)").fill(_GREETING_NOTE)
    await page.get_by_role("button", name="Zapisz").click()
    await page.get_by_text(_GREETING_NOTE).wait_for()
    await page.get_by_role("button", name="Podgląd").click()
    await page.locator("#preview .preview").wait_for()
    await taking.take(page, "tekst", tallest=1250)


async def _figures(staff: Staff, taking: Camera) -> None:
    page = staff.approver
    await taking.visit(page, f"{staff.panel}/liczby", "liczby", tallest=1000)
    await taking.visit(page, f"{staff.panel}/liczby/powiadomienia", "liczby-powiadomienia", tallest=1000)
    await taking.visit(page, f"{staff.panel}/stan", "stan", tallest=1000)
    phone = await page.context.new_page()
    await phone.set_viewport_size({"width": PHONE_WIDTH, "height": 800})
    await taking.visit(phone, staff.panel, "start-telefon", tallest=1000)
    await phone.close()


async def _administration(staff: Staff, taking: Camera) -> None:
    page = staff.administrator
    for room in ("pracownicy", "klucze", "przechowywanie", "dziennik", "konto"):
        await page.goto(f"{staff.panel}/{room}")
        await confirm(page)
        await taking.take(page, room, tallest=1000)
