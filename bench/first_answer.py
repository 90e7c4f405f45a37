"""From the press of Enter to an answer on the screen: `python -m bench.first_answer`, in Chromium, on loopback.

The product runs as `hub run` starts it, on a database of its own with a warm model. Each question begins a new talk in
a new tab, as a resident's first one does. The clock runs in the page: from the key to the frame in which the answer
stands. Prints the milliseconds at the 50th and 95th percentile, and fails when the 95th is over the limit.
"""

import asyncio
import os
import shutil
import socket
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
from playwright.async_api import Browser, async_playwright

from core.http import http_client
from nlu.process import stop

LIMIT_MS = 300
QUESTIONS = 60
WARM_UP = 5
START_SECONDS = 300
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


async def main() -> None:
    """Measure, print and judge."""
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None:
        sys.exit("install Chromium")
    async with _product() as url, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        took = [await _first_answer(browser, url, number) for number in range(WARM_UP + QUESTIONS)][WARM_UP:]
        await browser.close()
    percentiles = statistics.quantiles(took, n=20)
    print(f"{'':12} {'questions':>9} {'p50 ms':>7} {'p95 ms':>7} {'limit':>6}")
    print(f"{'first answer':12} {len(took):9} {percentiles[9]:7.0f} {percentiles[18]:7.0f} {LIMIT_MS:6}")
    if percentiles[18] > LIMIT_MS:
        sys.exit("the first answer is too late")


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


@asynccontextmanager
async def _product() -> AsyncIterator[str]:
    """Run the product on a database of its own; yield its address once the model answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        own = {"DATABASE_URL": f"sqlite:///{Path(folder) / 'hub.db'}", "PORT": str(port), "LOG_LEVEL": "WARNING"}
        command = (sys.executable, "-m", "hub", "run")
        environment = os.environ | own | {"HUB_PROFILE": "demo"}
        child = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.DEVNULL)
        try:
            async with http_client(timeout=5.0) as http, asyncio.timeout(START_SECONDS):
                while not await _answers(http, url):
                    if child.returncode is not None:
                        sys.exit("the product did not start")
                    await asyncio.sleep(0.2)
            yield url
        finally:
            await stop(child)


async def _answers(http: httpx2.AsyncClient, url: str) -> bool:
    try:
        answer = await http.post(f"{url}/api/v1/chat", json={"text": "dzień dobry"})
    except httpx2.HTTPError:
        return False
    return answer.is_success and answer.json()["understanding"]["intent"] == "greet"


if __name__ == "__main__":
    asyncio.run(main())
