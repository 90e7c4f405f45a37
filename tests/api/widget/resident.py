"""What a resident does at the widget."""

from playwright.async_api import Page

from tests.fixtures.site import Site

SQUARE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63f8ffffff7f0009fb03fd"
    "05e3454f0000000049454e44ae426082"
)

# Keeps every text that the live region ever held.
LISTEN = """() => {
  const region = document.querySelector('city-assistant').shadowRoot.querySelector('[aria-live=polite]');
  window.said = [];
  new MutationObserver(() => region.textContent.trim() && window.said.push(region.textContent.trim()))
    .observe(region, { childList: true, characterData: true, subtree: true });
}"""


async def ask(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Pytanie do asystenta")
    await box.fill(text)
    await box.press("Enter")


async def open_widget(page: Page, site: Site, path: str = "/wydarzenia") -> None:
    await page.goto(site.url + path)
    await page.get_by_role("button", name="Zapytaj asystenta").click()
