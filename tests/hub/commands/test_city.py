"""The commands around city packs: faults with file and line, what is not known, streets of a register."""

import re
import shutil
from pathlib import Path

import pytest

from content.pack import City
from tests.fixtures.running import ROOT
from tests.hub.conftest import Hub, Printed

BOROWINA = ROOT / "tests" / "city_packs" / "borowina"


async def test_the_shipped_pack_passes_the_check(hub: Hub) -> None:
    assert await hub("city", "check") == Printed(0, "City packs without a fault: legnica.\n", "")


async def test_every_fault_of_every_pack_is_told_with_file_and_line(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = tmp_path / "packs"
    for name in ("borowina", "second"):
        shutil.copytree(BOROWINA, packs / name)
    office = packs / "second" / "answers" / "office.yml"
    office.write_text(office.read_text(encoding="utf-8").replace("{reference}", "{number}"), encoding="utf-8")
    (packs / "borowina" / "contact.yml").write_text("[]\n", encoding="utf-8")
    monkeypatch.setenv("CITY_PACKS", str(packs))
    checked = await hub("city", "check")

    assert checked.code == 1
    assert re.search(r"/borowina/contact\.yml:1: no part of the product reads this file", checked.err)
    assert re.search(r"/second/answers/office\.yml:\d+: the field \{reference\} is missing", checked.err)
    assert "Traceback" not in checked.err


async def test_a_folder_without_packs_is_no_clean_check(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITY_PACKS", str(tmp_path / "nowhere"))
    checked = await hub("city", "check")

    assert checked.code == 1
    assert "CITY_PACKS" in checked.err


@pytest.fixture
def own_city(tmp_path: Path, city: City, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped pack, which a command may write to."""
    folder = Path(shutil.copytree(city.folder, tmp_path / "packs" / city.folder.name))
    (folder / "places_addresses.yml").unlink(missing_ok=True)
    monkeypatch.setenv("CITY_PACKS", str(folder.parent))
    return folder


async def test_an_edit_that_no_longer_fits_stands_with_the_text_and_among_the_gaps(hub: Hub, own_city: Path) -> None:
    words = ("human_handoff", "state_unknown")
    await hub("texts", "edit", *words, "--by", "Anna", typed="Sprawy {reference} nie ma.")
    office = own_city / "answers" / "office.yml"
    release = office.read_text(encoding="utf-8").replace("o numerze {reference}", "o numerze {number}")
    office.write_text(release, encoding="utf-8")

    shown = (await hub("texts", "show", "human_handoff")).out
    assert re.search(r"^state_unknown \(wersja 1; .*zmiana nie jest używana", shown, re.MULTILINE)
    assert "Sprawy {reference} nie ma." not in shown

    gaps = (await hub("city", "gaps")).out
    title, _, *rows = gaps.splitlines()
    assert title == f"Do uzupełnienia lub sprawdzenia: {len(rows)}"
    assert re.search(r"zmiana nie pasuje +texts: human_handoff\.state_unknown +Wiadomość do urzędu", gaps)


async def test_a_register_of_addresses_comes_into_the_pack_and_its_bad_rows_are_told(
    hub: Hub, own_city: Path, tmp_path: Path
) -> None:
    register = tmp_path / "addresses.csv"
    register.write_text("street,number,lat,lon\nKwiatowa,1,51.2,16.16\nPolna,2,daleko,16.16\n", encoding="utf-8")
    words = ("places", "import", str(register), "--source", "rejestr adresów", "--as-of", "2026-11-01")
    imported = await hub(*words)

    assert imported.code == 0
    assert "addresses.csv: line 3: lat is 'daleko', not a number" in imported.out
    assert "Streets: 1, from addresses: 1; rows left out: 1." in imported.out
    assert f"deploy/place_words.py {own_city}" in imported.out
    assert "ul. Kwiatowa" in (own_city / "places_addresses.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere.csv", "--source", "rejestr", "--as-of", "2026-11-01"), "No such file or directory"),
        (("no_table.csv", "--source", "rejestr", "--as-of", "2026-11-01"), "lacks the columns lat, lon, street"),
        (("no_table.csv", "--source", " ", "--as-of", "2026-11-01"), "The source is empty"),
        (("no_table.csv", "--source", "rejestr", "--as-of", "2126-11-01"), "is in the future"),
        (("no_table.csv", "--source", "rejestr", "--as-of", "1.11.2026"), "write it as 2026-11-23"),
    ],
)
async def test_a_register_that_cannot_be_used_is_refused_and_nothing_is_written(
    hub: Hub, own_city: Path, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    (tmp_path / "no_table.csv").write_text("nazwa\n", encoding="utf-8")
    refused = await hub("places", "import", str(tmp_path / words[0]), *words[1:])

    assert refused.code in {1, 2}
    assert told in refused.err
    assert not (own_city / "places_addresses.yml").exists()


async def test_the_model_is_tried_on_the_city_of_city_packs(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing listens there: what is found without the model shows whose places are known.
    own = {
        "CITY": "borowina",
        "CITY_PACKS": str(BOROWINA.parent),
        "NLU_URL": "http://127.0.0.1:9",
        "NLU_TOKEN": "token",
    }
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    parsed = await hub("nlu", "parse", typed='{"text": "gdzie naładuję auto na Wrzosowej"}\n')

    assert parsed.code == 0
    assert '"wrzosowa"' in parsed.out
