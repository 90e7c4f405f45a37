"""A fault in a city pack is told with its file and its line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from content.pack_file import PackError, Problem, read_pack_file
from content.validate import check_pack, problems
from hub.bootstrap import PACK_LOADERS

TODAY = date(2026, 11, 23)
BOROWINA = Path(__file__).parents[1] / "city_packs" / "borowina"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BOROWINA, tmp_path / "borowina"))


def _change(path: Path, old: str, new: str) -> int:
    """Change the first place of `old` in a file and return its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def _found(pack: Path, like: Path | None = None) -> list[Problem]:
    return list(problems(pack, TODAY, PACK_LOADERS, like))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("city.yml", "reference_prefix: BG", "reference_prefix: bg", "reference_prefix"),
        ("city.yml", "lat: 52.5", "lat: 20.5", "no point in Poland"),
        ("city.yml", "lat: 52.5", "lat: wysoko", "centre.lat"),
        ("city.yml", "locative:", "lokative:", "lokative"),
        ("city.yml", "name: Borowina Górna", "name: Borowina\nname: Górna", "stands here twice"),
        ("contacts.yml", "id: emergency_number", "id: city_office", "stands here twice"),
        ("contacts.yml", "as_of: 2026-10-01", "as_of: 2026-13-01", "cannot be read: month must be in 1..12"),
        ("contacts.yml", "as_of: 2026-10-01", "as_of: 2027-10-01", "is in the future"),
        ("contacts.yml", 'url: "https://borowina.example"', 'url: "borowina.example"', "no address"),
        ("contacts.yml", "confidence: high", "confidence: sure", "no confidence"),
        ("places.yml", "id: wrzosowa,", "id: wrzosowisko,", "stands here twice"),
        ("chargers.json", '"pool_id": 1', '"pool_id": "pierwsza"', "pool_id"),
        ("alert_rules.yml", "pollutant: index", "pollutant: indeks", "pollutant"),
        ("answers/office.yml", "feedback:\n", "feedbak:\n", "no intent"),
        ("answers/office.yml", "- human_handoff", "- human_handof", "leads to no intent"),
        ("answers/office.yml", "thin: true", "thin: może", "thin"),
        ("answers/office.yml", "here_button: Tutaj", "here_button: 'Tutaj {'", "brace"),
        ("answers/office.yml", "here_button: Tutaj", "here_button: ' '", "is empty"),
        ("answers/office.yml", "more:", "mroe:", "mroe"),
        ("answers/office.yml", "here_button: Tutaj", "here_button: [", "cannot be read"),
    ],
)
def test_a_fault_is_told_with_its_line(pack: Path, file: str, old: str, new: str, told: str) -> None:
    line = _change(pack / file, old, new)
    found = _found(pack)
    assert any(told in problem.message and problem.file.endswith(file) for problem in found), found
    # Of a file that cannot be read as YAML, the parser names the line where it noticed.
    if "cannot be read" not in told or "month" in told:
        assert any(problem.line in {line, line + 1} and told in problem.message for problem in found), found


def test_a_missing_text_and_a_missing_file_are_told(pack: Path) -> None:
    (pack / "answers" / "safety.yml").unlink()
    (pack / "places.yml").unlink()
    messages = [str(problem) for problem in _found(pack)]
    assert any("the intent emergency has no text" in message for message in messages)
    assert any("places.yml:1: the file is missing" in message for message in messages)


def test_a_file_that_nothing_reads_is_told(pack: Path) -> None:
    (pack / "contact.yml").write_text("contacts: []\n", encoding="utf-8")
    assert [problem.message for problem in _found(pack)] == ["no part of the product reads this file: check its name"]


def test_an_intent_in_the_file_of_another_topic_is_told(pack: Path) -> None:
    moved = (pack / "answers" / "safety.yml").read_text(encoding="utf-8")
    (pack / "answers" / "safety.yml").unlink()
    with (pack / "answers" / "office.yml").open("a", encoding="utf-8") as file:
        file.write(moved)
    assert any("emergency belongs to answers/safety.yml" in problem.message for problem in _found(pack))


def test_wordings_and_fields_must_be_those_the_code_fills_in(pack: Path) -> None:
    office = pack / "answers" / "office.yml"
    line = _change(office, "Numer sprawy: {reference}", "Numer sprawy: {numer}")
    _change(office, "here_button: Tutaj", "hier_button: Tutaj")
    found = _found(pack, like=BOROWINA)
    assert {problem.message for problem in found} == {
        "the field {reference} is missing",
        "{numer} is no field of this text",
        "human_handoff has no wording here_button",
    }
    assert any(abs(problem.line - line) <= 1 for problem in found)


def test_the_start_stops_with_every_fault_at_once(pack: Path) -> None:
    _change(pack / "city.yml", "lat: 52.5", "lat: 20.5")
    _change(pack / "answers" / "office.yml", "here_button: Tutaj", "here_button: ' '")
    with pytest.raises(PackError) as refusal:
        check_pack(pack, TODAY, PACK_LOADERS)
    assert len(str(refusal.value).splitlines()) == 2


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a: &a [*a]\n", b"a: !!python/object:os.system x\n", b"\x00"])
def test_what_is_no_proper_file_is_told_and_never_run(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "city.yml"
    path.write_bytes(content)
    with pytest.raises(PackError):
        read_pack_file(path)
