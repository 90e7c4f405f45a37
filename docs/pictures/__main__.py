"""`python -m docs.pictures [FOLDER]`: play a story with the demo and take the pictures of the documents.

The demo runs on a database of its own and is filled as residents and staff fill it: by questions, commands and forms.
Fails when a page complained in the browser's console.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from core.http import http_client
from docs.pictures import access, alerts, announcements, city, residents, rooms, telegram
from docs.pictures.camera import Camera, camera
from docs.pictures.product import Product, running

_IMAGES = Path(__file__).parents[1] / "images"


async def main(folder: Path) -> None:
    """Take every picture into a folder, print how many there are and how large they are."""
    with tempfile.TemporaryDirectory() as name:
        async with camera(folder) as taking:
            async with running(Path(name)) as product:
                await _story(product, taking, Path(name))
            await telegram.talk(taking, Path(name) / "telegram")
    if taking.faults:
        sys.exit("\n".join(("Pages complained:", *taking.faults)))
    size = sum((folder / f"{name}.webp").stat().st_size for name in taking.taken)
    print(f"{len(taking.taken)} pictures, {size / 1_000_000:.1f} MB")


async def _story(product: Product, taking: Camera, folder: Path) -> None:
    async with http_client(product.url, timeout=20) as http:
        await residents.live(product, http, folder)
    await city.ask(product, taking)
    staff = await access.everybody(product, taking)
    await announcements.story(staff, taking)
    await alerts.story(staff, taking)
    await rooms.story(staff, taking)
    await city.look(product, taking)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else _IMAGES))
