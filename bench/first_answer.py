"""From the press of Enter to an answer on the screen, in Chromium.

The product runs as `hub run` starts it, with a warm model. Each question begins a new talk in a new tab, as a
resident's first one does. The clock runs in the page: from the key to the frame in which the answer stands.
"""

import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bench.hubs import READY, hub, sqlite_in
from bench.part import NotMeasured
from bench.rows import Row, at_most, percentiles

LIMIT_MS = 300
QUESTIONS = 60
WARM_UP = 5
_SENTENCES = (
    "jakie jest powietrze?",
    "gdzie naładuję auto na Chojnowskiej",
    "ile można dostać na wymianę starego pieca",
    "jakie są najbliższe wydarzenia",
    "jak zapisać się na powiadomienia o smogu",
)
# Resolves with the milliseconds from the key to the frame after the answer was drawn.
_MEASURE = """() => new Promise(resolve => {
  const root = document.querySelector('city-assistant').shadowRoot;
  const before = root.querySelectorAll('.assistant').length;
  let pressed = 0;
  root.querySelector('textarea').addEventListener('keydown', event => { pressed = event.timeStamp; });
  const look = () => root.querySelectorAll('.assistant').length > before
    ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)))
    : requestAnimationFrame(look);
  look();
})"""


async def measure() -> list[Row]:
    """Return the percentiles over all questions."""
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        raise NotMeasured("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder:
        async with hub("run", sqlite_in(Path(folder))) as product, async_playwright() as playwright:
            await product.seconds_until(READY, "ok")
            browser = await playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            took = [await _first_answer(browser, product.url, number) for number in range(WARM_UP + QUESTIONS)]
            await browser.close()
    wanted = (at_most("p95", LIMIT_MS),)
    asked = took[WARM_UP:]
    name = "Enter → answer on the screen"
    return [Row(name=name, value=len(asked), unit="questions", targets=wanted, **percentiles(asked))]


async def _first_answer(browser: Browser, url: str, number: int) -> float:
    """Ask a question that nobody asked before, in a new tab; return the milliseconds."""
    context = await browser.new_context(locale="pl-PL")
    page = await context.new_page()
    await page.goto(url)
    question = page.get_by_role("textbox", name="Pytanie do asystenta")
    await question.fill(f"{_SENTENCES[number % len(_SENTENCES)]} {number}")
    measured = asyncio.create_task(page.evaluate(_MEASURE))
    # The watch must stand before the key is pressed.
    await page.evaluate("() => new Promise(requestAnimationFrame)")
    await question.press("Enter")
    milliseconds: float = await measured
    await context.close()
    return milliseconds
