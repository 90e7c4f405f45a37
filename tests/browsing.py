"""How a person goes about with a real browser, and what every page must be."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

WIDTHS = (390, 320, 1280)


async def no_barrier(page: Page) -> None:
    """Fail when axe finds a fault in what is shown, or when it is wider than the screen."""
    # Between the answer of the server and its first element a page has no document to measure.
    await page.wait_for_load_state()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    found = (await Axe().run(page)).response["violations"]
    assert not found, [(page.url, fault["id"], fault["nodes"][0]["html"]) for fault in found]


async def check_page(page: Page) -> None:
    """Fail when the page has a barrier, or is cut off on a small phone, a phone or a desk."""
    await page.wait_for_load_state()
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 800})
        assert await page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    await no_barrier(page)


async def follow(page: Page, name: str) -> None:
    """Follow a link by keyboard; return when the page behind it is there."""
    async with page.expect_navigation():
        await page.get_by_role("link", name=name, exact=True).press("Enter")
