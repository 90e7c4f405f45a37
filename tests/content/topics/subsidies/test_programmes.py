"""The file of programmes: what may be shown when, and what is refused with a clear reason."""

from datetime import date
from pathlib import Path

import pytest

from content.topics.subsidies.facts import ProgrammeFact, amounts_in
from content.topics.subsidies.programmes import Programmes, load_programmes
from core.errors import ConfigurationError

TODAY = date(2026, 11, 23)
FILE = """\
programmes:
- id: p
  name: Program
  unknown: Nie wiem.
  confirm: urząd
  facts:
  - id: f
    about: [amount]
    text: do 40% kosztów
    values: [{amount: 40, unit: "%"}]
    source: {name: Źródło, as_of: 2026-07-16}
    confidence: medium
"""


def fact(**changes: object) -> ProgrammeFact:
    raw = {
        "id": "f",
        "about": ["overview"],
        "text": "Zdanie.",
        "source": {"name": "Źródło", "url": "https://example.org", "as_of": "2026-07-16"},
        "confidence": "medium",
    }
    return ProgrammeFact.model_validate({**raw, **changes})


@pytest.mark.parametrize(
    ("changes", "shown", "stale"),
    [
        ({}, True, False),
        ({"confidence": "high"}, True, False),
        ({"confidence": "low"}, False, False),
        ({"confidence": "unverified"}, False, False),
        ({"valid_from": "2026-11-24"}, False, False),
        ({"valid_from": "2026-11-23", "valid_to": "2026-11-23"}, True, False),
        ({"valid_to": "2026-11-22"}, True, True),
        ({"source": {"name": "Źródło", "as_of": "2026-05-27"}}, True, False),
        ({"source": {"name": "Źródło", "as_of": "2026-05-26"}}, True, True),
        ({"source": {"name": "Źródło bez daty", "read_on": "2026-05-26"}}, True, True),
    ],
    ids=str,
)
def test_when_a_fact_is_shown_and_when_softened(changes: dict[str, object], shown: bool, stale: bool) -> None:
    assert fact(**changes).shown_on(TODAY) is shown
    assert fact(**changes).stale_on(TODAY) is stale


def test_an_undated_source_gets_no_date_in_the_answer() -> None:
    assert fact(source={"name": "Źródło", "read_on": "2026-11-22"}).source.shown().as_of is None


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("18 000, 31 500 i 45 000 zł (na trzech poziomach)", {(18000, "zł"), (31500, "zł"), (45000, "zł")}),
        ("30%, 60% albo 90%", {(30, "%"), (60, "%"), (90, "%")}),
        ("tel. 607 700 370, godz. 9–14, od 1.07.2024, dyrektywa 2024/1275", set()),
        ("wskaźnik EP do 55 kWh na m²", set()),
    ],
)
def test_amounts_are_found_in_a_text(text: str, amounts: set[tuple[int, str]]) -> None:
    assert amounts_in(text) == amounts


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("confidence: medium", "confidence: sure", 12, "programmes.0.facts.0.confidence"),
        ("amount: 40,", "amount: 50,", 7, "the amounts of text"),
        ("do 40% kosztów", "do 40% kosztów, 900 zł", 7, "the amounts of text"),
        ("about: [amount]", "about: [price]", 8, "programmes.0.facts.0.about.0"),
        ("as_of: 2026-07-16", "as_of: lipiec", 11, "programmes.0.facts.0.source.as_of"),
        (", as_of: 2026-07-16", "", 11, "either as_of, or read_on"),
        ("  name: Program\n", "", 2, "programmes.0.name: Field required"),
        ("  confirm: urząd", "  confirm: urząd\n  valid_to: 2026-12-31", 2, "needs ended"),
        ("  confirm: urząd", "  confirm: urząd\n  bonus: 5", 6, "programmes.0.bonus"),
        ('unit: "%"}', 'unit: "%", level: mid}', 2, "levels has no: mid"),
        ("about: [amount]", "about: [amount", 9, "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in FILE
    (tmp_path / "programmes.yml").write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_programmes(tmp_path)
    assert f"programmes.yml:{line}: " in str(refused.value)
    assert said in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"programmes\.yml:1: the file is missing"):
        load_programmes(tmp_path)


def test_two_of_the_same_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "programmes.yml").write_text(FILE + FILE.removeprefix("programmes:\n"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="two programmes have the same id"):
        load_programmes(tmp_path)


def test_every_fact_of_the_pack_that_is_shown_can_be_looked_up(programmes: Programmes) -> None:
    shown = [fact for programme in programmes.programmes for fact in programme.shown(TODAY)]
    assert len(shown) > 20
    assert all(fact.source.url for fact in shown)
