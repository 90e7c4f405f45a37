"""The whole way from a missed question to another model and back, in a real browser and with a small trainer."""

import asyncio
import re
import sys

import pytest
from fastapi.staticfiles import StaticFiles
from playwright.async_api import Page

from bot.teaching.runner import Beat, TrainingRunner
from core.staff.permissions import Role
from tests.api.panel.conftest import PASSWORD, Panel, app_of
from tests.api.served import served
from tests.bot.teaching.school import School
from tests.browsing import check_page
from tests.fixtures.running import ROOT
from tests.nlu.models import name

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

_TRAINER = """
import sys
from pathlib import Path
from nlu.record import Verdict
from nlu.store import ModelStore
from tests.bot.teaching.school import report
from tests.nlu.models import add, name

print("phase:training", flush=True)
folder = Path(sys.argv[1])
store = ModelStore(folder / "models")
add(store, folder, 2)
store.note(name(2), Verdict.PASSED, against=name(1))
Path(sys.argv[3]).write_text(report(2, name(1)).model_dump_json())
"""


async def _sign_in(page: Page, name_of_account: str) -> None:
    await page.get_by_label("Nazwa konta").fill(name_of_account)
    await page.get_by_label("Hasło").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Nauka", exact=True).click()


async def _story(page: Page, school: School) -> None:
    await check_page(page)
    await page.get_by_role("link", name=re.compile("kiedy otwieracie basen")).click()
    await check_page(page)
    await page.get_by_label(re.compile("basen dla psów")).uncheck()
    await page.get_by_label("Własne zdania").fill("godziny pływalni")
    await page.get_by_label("Temat, o który pytano").select_option("Kontakt z urzędem")
    await page.get_by_role("button", name="Naucz").press("Enter")
    await page.get_by_text("Do nauczenia: 2 zdania.").wait_for()
    await page.get_by_role("button", name="Ucz nowy model").press("Enter")
    # The page looks by itself until the training has ended.
    await page.get_by_role("heading", name="gotowe, czeka na decyzję").wait_for()
    await check_page(page)
    assert school.store.registry().current == name(1)
    await page.get_by_role("button", name="Wdróż nowy model").press("Enter")
    await page.get_by_text("Ten model jest w użyciu.").wait_for()
    assert school.store.registry().current == name(2)
    await page.get_by_role("link", name="Modele").click()
    await check_page(page)
    await page.get_by_role("button", name="Wróć do poprzedniego modelu").press("Enter")
    await page.get_by_text("Wraca poprzedni model.").wait_for()
    assert school.store.registry().current == name(1)
    await page.get_by_role("link", name="Nauczone zdania").click()
    await page.get_by_text("godziny pływalni").first.wait_for()
    await check_page(page)


async def test_from_a_missed_question_to_another_model_and_back(staff_panel: Panel, school: School, page: Page) -> None:
    await school.ask("kiedy otwieracie basen", times=2)
    await school.ask("kiedy otwieracie basen dla psów")
    app, stop = app_of(staff_panel.desk), asyncio.Event()
    app.mount("/static", StaticFiles(directory=ROOT / "api" / "static"))
    command = [sys.executable, "-c", _TRAINER, str(school.folder)]
    runner = TrainingRunner(school.database, school.clock, command, {}, Beat(look=0.1, life=0.1))
    running = asyncio.create_task(runner.run(stop))
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    try:
        async with served(app) as address:
            await page.goto(f"{address}/panel")
            await _sign_in(page, await staff_panel.hire(Role.EDITOR))
            await _story(page, school)
    finally:
        stop.set()
        await running
    assert faults == []
