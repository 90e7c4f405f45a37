"""What residents see: an answer, the pages of the city, the messages of the demo."""

from docs.pictures.camera import PHONE_WIDTH, Camera
from docs.pictures.product import Product


async def ask(product: Product, taking: Camera) -> None:
    """Picture an answer on the city's page, and one on a phone."""
    for name, width, height, question in (
        ("asystent", 1280, 900, "gdzie naładuję auto na Chojnowskiej"),
        ("asystent-telefon", PHONE_WIDTH, 1000, "jakie jest teraz powietrze?"),
    ):
        page = await taking.open(width, height)
        await page.goto(product.url)
        field = page.get_by_role("textbox", name="Pytanie do asystenta")
        await field.fill(question)
        await field.press("Enter")
        await page.locator("city-assistant .assistant").nth(1).wait_for()
        await taking.take(page, name, tallest=height)
        await page.context.close()


async def look(product: Product, taking: Camera) -> None:
    """Picture the city's page with a banner and an alert, the page of the air, and what would have been sent."""
    page = await taking.open()
    await page.goto(product.url)
    await taking.take(page, "strona-miasta", tallest=900)
    await page.goto(f"{product.url}/powietrze")
    await taking.take(page, "powietrze", tallest=1100)
    phone = await taking.open(PHONE_WIDTH)
    await phone.goto(f"{product.url}/demo/outbox")
    await taking.take(phone, "skrzynka-telefon", tallest=1100)
