"""The command that takes the pictures of the documents."""

import asyncio
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.docs.documents import IMAGES, pictures_shown
from tests.fixtures.running import ROOT, hub_environment

_PATIENCE = 420
_SHADES = """async data => {
  const image = new Image();
  image.src = `data:image/webp;base64,${data}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  return [image.width, new Set(pixels).size];
}"""


@pytest.mark.long
@pytest.mark.rasa
@pytest.mark.browser
@pytest.mark.timeout(_PATIENCE + 60)
async def test_every_picture_of_the_documents_is_taken_and_shows_something(
    rasa_model: Path, tmp_path: Path, page: Page
) -> None:
    environment = hub_environment(tmp_path)
    command = (sys.executable, "-m", "docs.pictures", str(tmp_path / "images"))
    taken = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_PATIENCE
    )
    assert taken.returncode == 0, taken.stderr
    pictures = sorted((tmp_path / "images").iterdir())
    assert {picture.name for picture in pictures} == {picture.name for picture in IMAGES.iterdir()}
    assert {picture.name for picture in pictures} >= pictures_shown()
    blank = [picture.name for picture in pictures if not await _shows_something(page, picture)]
    assert blank == []


async def _shows_something(page: Page, picture: Path) -> bool:
    """Tell whether a picture is as wide as a screen and has more shades than an empty page."""
    data = await asyncio.to_thread(picture.read_bytes)
    width, shades = await page.evaluate(_SHADES, b64encode(data).decode())
    return bool(width >= 390 and shades > 50)
