"""What staff are asked to confirm, and the same facts as open data."""

import json
from datetime import UTC, date, datetime

from content.gaps import Reason
from content.topics.subsidies.due import due_for_check
from content.topics.subsidies.open_data import open_data
from content.topics.subsidies.programmes import Programmes


def due(programmes: Programmes, day: date) -> dict[str, Reason]:
    return {gap.item: gap.reason for gap in due_for_check(programmes, day)}


def test_weak_facts_and_missing_ones_wait_for_a_source(programmes: Programmes) -> None:
    listed = due(programmes, date(2026, 11, 23))
    assert listed["czyste_powietrze.income_highest"] is Reason.UNCONFIRMED
    assert listed["moj_prad.limits"] is Reason.UNCONFIRMED
    assert listed["czyste_powietrze.gaps.income"] is Reason.MISSING
    assert listed["program_gminny.unknown"] is Reason.MISSING
    assert listed["cieple_mieszkanie.caveat"] is Reason.MISSING
    assert listed["below_class_3"] is Reason.OLD
    assert "czyste_powietrze.share" not in listed


def test_each_entry_says_what_and_since_when(programmes: Programmes) -> None:
    gaps = due_for_check(programmes, date(2027, 1, 13))
    share = next(gap for gap in gaps if gap.item == "czyste_powietrze.pump_ground")
    assert share.reason is Reason.OLD
    assert share.since == date(2026, 7, 16)
    assert share.title.startswith("Czyste Powietrze: pompa gruntowa – 18 000, 31 500 i 45 000 zł")


def test_a_programme_that_is_over_is_listed_once(programmes: Programmes) -> None:
    listed = due(programmes, date(2027, 1, 1))
    assert listed["moje_cieplo"] is Reason.EXPIRED
    assert not [item for item in listed if item.startswith("moje_cieplo.")]


def test_a_fact_past_its_time_is_listed(programmes: Programmes) -> None:
    raw = programmes.model_dump()
    raw["programmes"][0]["facts"][0]["valid_to"] = "2026-11-22"
    listed = due(Programmes.model_validate(raw), date(2026, 11, 23))
    assert listed["czyste_powietrze.purpose"] is Reason.EXPIRED


def test_open_data_holds_what_residents_may_read_with_its_sources(programmes: Programmes) -> None:
    data = open_data(programmes, datetime(2026, 11, 23, 18, 30, tzinfo=UTC))
    assert json.loads(json.dumps(data)) == data
    assert data["generated_at"] == "2026-11-23T19:30:00+01:00"
    by_id = {programme["id"]: programme for programme in data["programmes"]}
    facts = {fact["id"]: fact for fact in by_id["czyste_powietrze"]["facts"]}
    assert facts["share"]["values"][0] == {"amount": 40, "unit": "%", "per": None, "level": "podstawowy"}
    assert facts["share"]["source"]["as_of"] == "2026-08-19"
    assert facts["gas"]["source"] == {
        "name": "Opracowanie komunikatów NFOŚiGW o programie Czyste Powietrze",
        "url": "https://czystepowietrze.gov.pl",
        "as_of": None,
        "read_on": "2026-11-22",
    }
    assert "income_highest" not in facts
    assert by_id["moj_prad"]["state"] == "unknown"
    assert not by_id["moj_prad"]["facts"]


def test_open_data_says_that_a_programme_is_over(programmes: Programmes) -> None:
    data = open_data(programmes, datetime(2026, 12, 31, 23, 0, tzinfo=UTC))
    over = next(programme for programme in data["programmes"] if programme["id"] == "moje_cieplo")
    assert (over["state"], over["facts"]) == ("ended", [])
