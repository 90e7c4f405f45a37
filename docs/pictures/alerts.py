"""The story of an alert: the rules are changed so that a person decides, the air turns bad, somebody decides."""

from docs.pictures.access import Staff
from docs.pictures.camera import Camera


async def story(staff: Staff, taking: Camera) -> None:
    """Play it with sample air, as the demo's smog button does."""
    await _rules(staff, taking)
    page = staff.approver
    site = staff.panel.removesuffix("/panel")
    await page.goto(f"{site}/demo/outbox")
    await page.get_by_role("button", name="Rozpocznij epizod smogu").click()
    await page.goto(f"{staff.panel}/alerty")
    await page.get_by_role("link", name="Zobacz i zdecyduj").first.wait_for()
    await taking.take(page, "alerty", tallest=1000)
    await taking.visit(page, staff.panel, "start", tallest=900)
    await page.goto(f"{staff.panel}/alerty")
    await page.get_by_role("link", name="Zobacz i zdecyduj").first.click()
    await page.get_by_label("Powód decyzji").fill("Zgodne z pomiarami stacji, dyżurny potwierdził.")
    await taking.take(page, "alert-decyzja", tallest=1330)
    await page.get_by_role("button", name="Wyślij teraz").click()
    await page.get_by_role("heading", name="Wysyłka").wait_for()
    await taking.visit(page, f"{staff.panel}/alerty/powtorka", "powtorka", tallest=500)


async def _rules(staff: Staff, taking: Camera) -> None:
    page = staff.approver
    await taking.visit(page, f"{staff.panel}/alerty/reguly", "reguly", tallest=900)
    await page.get_by_role("link", name="Zmień reguły").click()
    await page.locator("[id='levels.4.release']").select_option(label="po decyzji, a bez niej wyślij")
    await page.locator("[id='levels.4.minutes']").fill("60")
    await page.get_by_role("button", name="Sprawdź na ostatnich 30 dniach").click()
    await page.get_by_role("heading", name="Co się zmienia").wait_for()
    await page.get_by_label("Powód zmiany").fill("Decyzja naczelnika: w listopadzie alerty wysyła dyżurny.")
    await taking.take(page, "reguly-proba", top="#proba", tallest=700)
    await page.get_by_role("button", name="Zapisz i stosuj od teraz").click()
    await page.get_by_role("heading", name="Reguły alertów").wait_for()
