"""How staff come into the panel: the one-time password, an own one, the second factor."""

from dataclasses import dataclass

from playwright.async_api import Page

from docs.pictures.camera import Camera
from docs.pictures.product import Product

# Of accounts that live as long as the pictures are taken.
_PASSWORD = "parasol nad rzeka w listopadzie"  # noqa: S105
EDITOR, APPROVER, ADMINISTRATOR = "redaktorka", "zatwierdzający", "administratorka"


@dataclass(frozen=True)
class Staff:
    """Who works in the panel: each with a browser in which they are signed in; `panel` is its address."""

    panel: str
    editor: Page
    approver: Page
    administrator: Page


async def everybody(product: Product, taking: Camera) -> Staff:
    """Sign everybody in, with pictures of the editor's first time."""
    panel = f"{product.url}/panel"
    editor = await taking.open()
    await editor.goto(panel)
    await editor.get_by_label("Nazwa konta").fill(EDITOR)
    await taking.take(editor, "logowanie", tallest=520)
    await _in(editor, panel, EDITOR, product.passwords[EDITOR])
    await taking.take(editor, "nowe-haslo", tallest=560)
    await _own_password(editor)
    await taking.visit(editor, f"{panel}/drugi-skladnik", "drugi-skladnik", tallest=1000)
    others = [await taking.open() for _ in range(2)]
    for page, name in zip(others, (APPROVER, ADMINISTRATOR), strict=True):
        await _in(page, panel, name, product.passwords[name])
        await _own_password(page)
    return Staff(panel, editor, *others)


async def confirm(page: Page) -> None:
    """Say again who is at the computer where the panel asks for it."""
    if await page.get_by_role("heading", name="Potwierdzenie").count():
        await page.get_by_label("Hasło").fill(_PASSWORD)
        await page.get_by_role("button", name="Potwierdź").click()


async def _in(page: Page, panel: str, name: str, password: str) -> None:
    await page.goto(panel)
    await page.get_by_label("Nazwa konta").fill(name)
    await page.get_by_label("Hasło").fill(password)
    await page.get_by_role("button", name="Zaloguj").click()
    await page.get_by_role("heading", name="Nowe hasło").wait_for()


async def _own_password(page: Page) -> None:
    await page.get_by_label("Nowe hasło", exact=True).fill(_PASSWORD)
    await page.get_by_label("Nowe hasło jeszcze raz").fill(_PASSWORD)
    await page.get_by_role("button", name="Zapisz hasło").click()
    await page.get_by_role("heading", name="Dzień dobry").wait_for()
