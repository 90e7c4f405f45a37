"""People are let into the panel from the command line, and into that of the demo by what it prints."""

import re
from pathlib import Path

import pytest

from content.pack import City
from content.texts import Texts
from core.database import Database
from core.errors import HubError
from core.settings import Settings
from core.staff.account import Stage
from core.staff.sign_in import Caller
from hub.commands import staff as staff_commands
from hub.web.panel import demo_staff, desk
from tests.fakes import FrozenClock

HERE = Caller("127.0.0.1", "Firefox, Linux")


@pytest.fixture
def settings(migrated_file: Path, tmp_path: Path) -> Settings:
    path = tmp_path / "hub.db"
    path.write_bytes(migrated_file.read_bytes())
    return Settings(var_dir=tmp_path, database_url=f"sqlite:///{path}")


async def test_an_account_is_added_listed_reset_and_disabled(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await staff_commands.add(settings, "Olga Sowa", "administrator")
    await staff_commands.add(settings, "Anna Nowak", "editor")
    added = capsys.readouterr().out
    passwords = re.findall(r"ważne 48 godzin: (\S+)", added)
    assert len(set(passwords)) == 2
    assert "Logowanie: http://127.0.0.1:8000/panel" in added
    await staff_commands.list_staff(settings)
    listed = capsys.readouterr().out
    assert re.search(r"Anna Nowak +editor +brak +nigdy +czynne", listed)
    assert not any(password in listed for password in passwords)
    await staff_commands.reset(settings, "anna nowak")
    assert re.findall(r"ważne 48 godzin: (\S+)", capsys.readouterr().out)[0] not in passwords
    await staff_commands.disable(settings, "Anna Nowak")
    await staff_commands.list_staff(settings)
    assert re.search(r"Anna Nowak .* wyłączone", capsys.readouterr().out)


async def test_what_cannot_be_done_is_told_in_polish(settings: Settings) -> None:
    await staff_commands.add(settings, "Olga Sowa", "administrator")
    with pytest.raises(HubError, match="hub staff reset"):
        await staff_commands.add(settings, "olga sowa", "editor")
    with pytest.raises(HubError, match="od 2 do 40 znaków"):
        await staff_commands.add(settings, "<b>", "editor")
    with pytest.raises(HubError, match="Nie ma konta „Nikt Taki”"):
        await staff_commands.reset(settings, "Nikt Taki")
    with pytest.raises(HubError, match="jedyny administrator"):
        await staff_commands.disable(settings, "Olga Sowa")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_each_start_of_the_demo_prints_passwords_that_let_in(
    database: Database, clock: FrozenClock, city: City
) -> None:
    before = await demo_staff(database, clock)
    printed = await demo_staff(database, clock)
    assert [invited.name for invited in printed] == ["redaktorka", "zatwierdzający", "administratorka"]
    assert not {invited.password for invited in before} & {invited.password for invited in printed}
    panel = desk(Settings(), clock, database, city, Texts(city.folder))
    for invited in printed:
        found = await panel.sessions.find(await panel.sign_in.by_password(invited.name, invited.password, HERE))
        assert found
        assert found.stage is Stage.PASSWORD
