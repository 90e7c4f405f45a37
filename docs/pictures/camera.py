"""A browser that takes small pictures and hears every complaint of a page."""

import asyncio
import base64
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

PANEL_WIDTH, PHONE_WIDTH = 1280, 390
_QUALITY = 72
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--lang=pl-PL"]
# Fields of dates follow the language of the browser, not of the page; Debian has it in chromium-l10n.
_POLISH: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "pl"}


class Camera:
    """Takes pictures into a folder; `faults` is what the pages shown complained about."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._folder = folder
        self.faults: list[str] = []
        self.taken: list[str] = []

    async def open(self, width: int = PANEL_WIDTH, height: int = 800) -> Page:
        """Return the page of a browser that nobody has used."""
        context = await self._browser.new_context(
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda line: self.faults.append(f"{page.url}: {line.text}") if line.type == "error" else None,
        )
        return page

    async def visit(self, page: Page, address: str, name: str, *, tallest: int) -> None:
        """Go to an address and keep what it shows as `name`.webp."""
        await page.goto(address)
        await self.take(page, name, tallest=tallest)

    async def take(self, page: Page, name: str, *, top: str = "", tallest: int = 1000) -> None:
        """Keep what the page shows as `name`.webp, from an element or the page's top down to `tallest` pixels."""
        await page.wait_for_load_state()
        await page.evaluate("document.fonts.ready")
        size = await page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        box = await page.locator(top).first.bounding_box() if top else None
        scrolled = await page.evaluate("scrollY")
        start = max(0, box["y"] + scrolled - 16) if box else 0
        clip = {"x": 0, "y": start, "width": size[0], "height": min(tallest, size[1] - start), "scale": 1}
        session = await page.context.new_cdp_session(page)
        shot = await session.send(
            "Page.captureScreenshot",
            {"format": "webp", "quality": _QUALITY, "clip": clip, "captureBeyondViewport": True},
        )
        await session.detach()
        (self._folder / f"{name}.webp").write_bytes(base64.b64decode(shot["data"]))
        self.taken.append(name)


@asynccontextmanager
async def camera(folder: Path) -> AsyncIterator[Camera]:
    """Open the system's Chromium for pictures into a folder.

    Raises:
        FileNotFoundError: there is no Chromium.
    """
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        message = "install Chromium"
        raise FileNotFoundError(message)
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_ARGUMENTS, env=_POLISH)
        yield Camera(browser, folder)
        await browser.close()
