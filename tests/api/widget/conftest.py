"""One site and one browser for all tests of a module."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.fixtures.browser import BROWSER_ARGUMENTS, PATIENCE_MS
from tests.fixtures.site import Site, open_site

# Squares of a map, drawn by the test's own route.
TILES = "https://mapy.example/{z}/{x}/{y}.png"
# A page that the test makes up counts as one of the internet, which may not load scripts from this computer.
_FOREIGN_PAGES = "--disable-features=LocalNetworkAccessChecks"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async with open_site(tmp_path_factory.mktemp("site"), migrated_file, TILES) as opened:
        opened.parser.learn("jakie jest powietrze?", ("air_quality_now", 0.9))
        opened.parser.learn("gdzie naladuje auto na {place}", ("charger_find", 0.9))
        opened.parser.learn("gdzie naladuje auto", ("charger_find", 0.9))
        opened.parser.learn("chcę człowieka", ("human_handoff", 0.9))
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_browser() -> AsyncIterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "install Chromium: make test does it"
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=[*BROWSER_ARGUMENTS, _FOREIGN_PAGES])
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="module")
async def tab(shared_browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A page in Polish that reports every breach of its security policy as a message of the console."""
    options = getattr(request, "param", {})
    context = await shared_browser.new_context(locale="pl-PL", timezone_id="Europe/Warsaw", **options)
    context.set_default_timeout(PATIENCE_MS)
    yield await _watched(context)
    await context.close()


async def _watched(context: BrowserContext) -> Page:
    await context.add_init_script(
        "addEventListener('securitypolicyviolation', event => console.error('CSP: ' + event.blockedURI))"
    )
    return await context.new_page()
