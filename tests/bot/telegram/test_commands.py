"""Commands, links that start the bot, and how it presents itself."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.telegram.profile import Profile, introduce
from content.pack import City
from content.texts import Texts
from tests.bot.telegram.conftest import Line
from tests.bot.telegram.updates import ANNA, JAN, said
from tests.fakes import FakeParser
from tests.standins.telegram import BOT

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

MENTION = f"@{BOT['username']}"


async def test_start_says_who_speaks_and_what_is_kept(line: Line) -> None:
    await line.hear(said("/start"))
    introduction, topics = line.api.made(chat=ANNA)
    assert "automatyczny asystent mieszkańca Legnicy" in introduction.text
    assert "program, nie człowiek" in introduction.text
    assert "usuwana najpóźniej po 90 dniach" in introduction.text
    assert "https://asystent.example/prywatnosc" in introduction.text
    assert "Można zapytać" in topics.text
    assert "air_quality_now" in [data for _, data in topics.buttons]


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("air_quality_now", "Indeks jakości powietrza"),
        ("powietrze", "Indeks jakości powietrza"),
        ("smog", "Czy zapisać?"),
        ("SMOG", "Czy zapisać?"),
        ("piekary", "Piekary"),
        ("stare-piekary", "Stare Piekary"),
        ("ladowarki", "Ładowarki"),
        ("usun", "Usunąć dane?"),
        ("bzdura", "Można zapytać"),
    ],
)
async def test_a_link_can_start_the_bot_with_a_topic_or_a_place(line: Line, word: str, sentence: str) -> None:
    await line.hear(said(f"/start {word}"))
    introduction, answer = line.api.made("sendMessage", ANNA)[:2]
    assert "program, nie człowiek" in introduction.text
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("/pomoc", "Można zapytać"),
        ("/help", "Można zapytać"),
        (f"/pomoc{MENTION}", "Można zapytać"),
        ("/POMOC teraz", "Można zapytać"),
        ("/powietrze", "Indeks jakości powietrza"),
        ("/ladowarki", "Ładowarki"),
        ("/dotacje", "Czyste Powietrze"),
        ("/wydarzenia", "ydarze"),
        ("/alerty", "powiadomie"),
        ("/settings", "powiadomie"),
        ("/id", f"Numer tej rozmowy: {ANNA}."),
        ("/nonsens", "Nie znam tego polecenia."),
        ("/moje_dane", "Rozmowa jest usuwana najpóźniej po 90 dniach"),
        ("/usun", "Usunąć dane?"),
        ("/stop", "powiadomie"),
    ],
)
async def test_a_command_answers(line: Line, command: str, sentence: str) -> None:
    await line.hear(said(command))
    assert sentence in line.api.made()[0].text


async def test_words_after_a_command_are_understood_with_it(line: Line, parser: FakeParser) -> None:
    parser.learn("powietrze {place}", ("air_quality_now", 0.9))
    await line.hear(said("/powietrze Piekary"), said("/pomoc Piekary", JAN))
    assert "Piekary" in line.api.made(chat=ANNA)[0].text
    assert "Można zapytać" in line.api.made(chat=JAN)[0].text


@pytest.fixture
def present(line: Line, city: City) -> Callable[[], Awaitable[None]]:
    profile = Profile.of(Texts(city.folder)["telegram"])

    async def run() -> None:
        await introduce(line.bot, profile, None, asyncio.Event())

    return run


def _set(line: Line) -> list[str]:
    return [call.method for call in line.api.calls if call.method.startswith("setMy")]


async def test_the_menu_and_the_descriptions_are_set_once(line: Line, present: Callable[[], Awaitable[None]]) -> None:
    await present()
    own, groups = line.api.made("setMyCommands")
    listed = [command["command"] for command in own.values["commands"]]
    assert set(listed) >= {"pomoc", "powietrze", "ladowarki", "dotacje", "alerty", "wydarzenia", "moje_dane", "usun"}
    assert "moje_dane" not in [command["command"] for command in groups.values["commands"]]
    assert "112" in line.api.made("setMyDescription")[0].values["description"]
    assert "Legnicy" in line.api.made("setMyShortDescription")[0].values["short_description"]
    assert len(_set(line)) == 4
    await present()
    assert len(_set(line)) == 4


async def test_every_command_of_the_menu_answers(line: Line, present: Callable[[], Awaitable[None]]) -> None:
    await present()
    for command in line.api.made("setMyCommands")[0].values["commands"]:
        before = len(line.api.made())
        await line.hear(said(f"/{command['command']}"))
        assert len(line.api.made()) > before
        assert "Nie znam tego polecenia" not in line.api.made()[before].text
