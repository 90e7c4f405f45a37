"""Staff send an announcement, decide about alerts and bring lists in, all by the command line."""

import re
from pathlib import Path

import pytest

from tests.hub.conftest import Hub

LIST = (
    "telefon;tematy;dzielnice;data zgody;źródło zgody\n"
    "512 345 678;smog, komunikaty;Piekary;2026-11-03;formularz papierowy 12/2026\n"
    "76 850 20 00;smog;;2026-11-03;formularz papierowy 13/2026\n"
    "600 700 800;smog;;;formularz papierowy 14/2026\n"
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A list that the office brings in: one right row, a landline, and a row without the day of the consent."""
    file = tmp_path / "lista.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


async def test_a_list_is_tried_first_and_then_imported_once(hub: Hub, paper: Path) -> None:
    tried = await hub("subscribers", "import", str(paper))
    assert "2: do zapisania" in tried.out
    assert "3: odrzucono. To jest numer stacjonarny" in tried.out
    assert "4: odrzucono. Data zgody jest pusta" in tried.out
    assert "do zapisania: 1" in tried.out
    assert "niczego nie zapisano. Listę zapisuje to samo polecenie z dopiskiem --really." in tried.out

    done = await hub("subscribers", "import", str(paper), "--really")
    assert "zapisano: 1" in done.out
    assert "zapis był już wcześniej: 1" in (await hub("subscribers", "import", str(paper), "--really")).out


async def test_a_wrong_file_is_refused_in_one_sentence(hub: Hub, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("imię;nazwisko\nAnna;Nowak\n", encoding="utf-8")
    assert "brakuje kolumny" in (await hub("subscribers", "import", str(wrong))).err
    assert "cannot be read" in (await hub("subscribers", "import", str(tmp_path / "none.csv"))).err


async def test_the_list_goes_out_masked_unless_it_is_asked_for_in_full(hub: Hub, paper: Path, tmp_path: Path) -> None:
    await hub("subscribers", "import", str(paper), "--really")
    masked, full = tmp_path / "masked.csv", tmp_path / "full.csv"
    assert (await hub("subscribers", "export", str(masked), "--by", "Anna", "--reason", "kontrola list")).code == 0
    assert "512345678" not in masked.read_text(encoding="utf-8-sig")

    refused = await hub("subscribers", "export", str(full), "--by", "Anna", "--reason", "x", "--full")
    assert refused.code == 1
    full.unlink(missing_ok=True)
    reason = "przekazanie operatorowi SMS"
    assert (await hub("subscribers", "export", str(full), "--by", "Anna", "--reason", reason, "--full")).code == 0
    assert "512345678" in full.read_text(encoding="utf-8-sig")
    assert (await hub("subscribers", "export", str(full), "--by", "Anna", "--reason", reason, "--full")).code == 1


async def test_an_announcement_from_the_draft_to_its_end(hub: Hub, paper: Path) -> None:
    await hub("subscribers", "import", str(paper), "--really")
    written = await hub("broadcast", "announce", "Utrudnienia", "Jutro zamknięta ulica Złotoryjska.", "--by", "Anna")
    found = re.search(r"Announcement (\d+)", written.out)
    assert found
    number = found[1]

    seen = await hub("broadcast", "preview", number)
    assert "Recipients: 1 (sms 1)" in seen.out
    assert "SMS without Polish letters, as sent: 1 parts each, 1 in all, 0.20 PLN" in seen.out
    assert "Jutro zamknieta ulica Zlotoryjska." in seen.out
    assert "512345678" not in seen.out

    assert (await hub("broadcast", "approve", number, "--by", "anna")).code == 1
    assert "recipients: 1" in (await hub("broadcast", "approve", number, "--by", "Piotr")).out
    assert (await hub("broadcast", "pause", number, "--by", "Piotr")).code == 0
    assert f"Announcement {number}: paused" in (await hub("broadcast", "status", number)).out
    assert (await hub("broadcast", "resume", number, "--by", "Piotr")).code == 0
    assert "0 failed deliveries" in (await hub("broadcast", "repeat", number, "--by", "Piotr")).out
    assert (await hub("broadcast", "cancel", number, "--by", "Piotr", "--reason", "odwołane")).code == 0
    after = await hub("broadcast", "status", number)
    assert f"Announcement {number}: cancelled" in after.out
    assert (await hub("broadcast", "resume", number, "--by", "Piotr")).code == 1


async def test_nothing_is_held_and_nothing_was_measured_at_first(hub: Hub) -> None:
    assert "No alert waits" in (await hub("alerts", "held")).out
    assert "There is no alert 7" in (await hub("alerts", "confirm", "7", "--by", "Anna", "--reason", "tak")).err
    replayed = await hub("alerts", "replay", "--from", "2026-11-01", "--to", "2026-11-02")
    assert "0 measured hours, 0 messages." in replayed.out
