"""`hub backup`, `hub backups check` and `hub restore` as an operator meets them."""

from pathlib import Path

import pytest

from tests.hub.conftest import Hub


async def test_an_operator_brings_a_city_to_another_machine(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hub("broadcast", "announce", "Zamknięta ulica", "Ulica Złotoryjska jest zamknięta.", "--by", "Anna")
    await hub("broadcast", "approve", "1", "--by", "Piotr")
    folder = str(tmp_path / "backups")
    written = await hub("backup", folder, "--keep", "3")
    assert written.code == 0
    assert "Keep them somewhere else" in written.out
    (file,) = (tmp_path / "backups").glob("*.zip")
    assert "is whole" in (await hub("backups", "check", str(file))).out

    refused = await hub("restore", str(file))
    assert (refused.code, "into an empty database only" in refused.err) == (1, True)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    restored = await hub("restore", str(file))
    assert restored.code == 0
    assert "hub subscribers stop NUMBER" in restored.out
    assert "Announcement 1:" in (await hub("broadcast", "status", "1")).out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("backup", "backups", "--keep", "0"), "--keep counts the backups that stay: at least 1."),
        (("restore", "missing.zip"), "No such file or directory"),
        (("backups", "check", "pyproject.toml"), "is no backup"),
    ],
)
async def test_what_is_wrong_is_told_in_a_sentence(hub: Hub, words: tuple[str, ...], told: str) -> None:
    printed = await hub(*words)
    assert (printed.code, told in printed.err) == (1, True)


async def test_a_damaged_database_is_told_with_the_way_back(hub: Hub, tmp_path: Path) -> None:
    await hub("backup", str(tmp_path / "backups"))
    (newest,) = (tmp_path / "backups").glob("*.zip")
    (tmp_path / "hub.db").write_bytes(b"no database" * 1000)
    for words in (["db", "upgrade"], ["messages", "list"], ["backup", str(tmp_path)], ["restore", str(newest)]):
        told = (await hub(*words)).err
        assert f"The database {tmp_path}/hub.db is damaged (file is not a database)." in told
        assert f"move the file {tmp_path}/hub.db away" in told
        assert told.endswith(f"then `hub restore {newest}`.")
    looked_over = (await hub("doctor")).out
    assert f"then `hub restore {newest}`." in looked_over
    assert "staff: cannot be looked at before the database is mended" in looked_over


async def test_an_empty_database_is_not_backed_up(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert "nothing to back up" in (await hub("backup", str(tmp_path / "backups"))).err
    assert not (tmp_path / "backups").exists()
