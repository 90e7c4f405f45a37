"""Which events are offered, what is said of them, and the calendar file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from content.answer import Answer
from content.pack import City
from content.question import Entity, Question
from content.texts import Texts
from content.topics.events.agenda import Agenda
from content.topics.events.answers import answers
from content.topics.events.bulletin import Bulletin
from content.topics.events.calendar import calendar
from content.topics.events.event import Event, load_events
from content.topics.events.open_data import events_data
from core.clock import WARSAW
from core.errors import ConfigurationError
from tests.content.topics.events.conftest import StaffPublications, event
from tests.fakes import FrozenClock

CONFERENCE = event(
    "konferencja-2026",
    "2026-12-03T10:00",
    "2026-12-03T14:30",
    programme="10:00 otwarcie, 11:00 panel o smogu.",
    organiser="Miasto",
    registration_url="https://miasto.test/zapisy",
)
WALK = event("spacer", "2026-11-28T09:00", title="Spacer po mieście")


async def ask(
    intent: str, texts: Texts, staff: StaffPublications, clock: FrozenClock, *pack: Event, period: str | None = None
) -> Answer:
    agenda, bulletin = Agenda(pack, staff, clock), Bulletin(staff, None, clock)
    topic = answers(agenda, bulletin, texts, "https://miasto.test/feeds/events")
    entities = (Entity("period", period, period),) if period else ()
    return await topic[intent](Question(intent, entities))


async def test_coming_events_stand_with_time_place_programme_and_links(
    texts: Texts, staff: StaffPublications, clock: FrozenClock
) -> None:
    answer = await ask("event_list", texts, staff, clock, CONFERENCE, WALK)
    assert answer.text.splitlines() == [
        "Najbliższe wydarzenia:",
        "• 28.11.2026, 09:00: Spacer po mieście. Miejsce: ratusz.",
        (
            "• 03.12.2026, 10:00–14:30: Konferencja klastra. Miejsce: ratusz. "
            "Program: 10:00 otwarcie, 11:00 panel o smogu. Organizator: Miasto."
        ),
    ]
    assert [(source.name, source.url) for source in answer.sources] == [
        ("do kalendarza: Spacer po mieście", "https://miasto.test/feeds/events/spacer.ics"),
        ("zapisy: Konferencja klastra", "https://miasto.test/zapisy"),
        ("do kalendarza: Konferencja klastra", "https://miasto.test/feeds/events/konferencja-2026.ics"),
        ("Urząd Miasta", "https://miasto.test/konferencja"),
    ]


async def test_an_event_is_offered_until_it_is_over(texts: Texts, staff: StaffPublications, clock: FrozenClock) -> None:
    clock.set(datetime(2026, 12, 3, 14, 29, tzinfo=WARSAW))
    assert "Konferencja" in (await ask("event_list", texts, staff, clock, CONFERENCE)).text
    clock.set(datetime(2026, 12, 3, 14, 30, tzinfo=WARSAW))
    assert "Konferencja" not in (await ask("event_list", texts, staff, clock, CONFERENCE)).text
    clock.set(datetime(2026, 11, 28, 23, 59, tzinfo=WARSAW))
    assert "Spacer" in (await ask("event_list", texts, staff, clock, WALK)).text


@pytest.mark.parametrize("intent", ["event_list", "event_register"])
async def test_without_a_coming_event_alerts_are_offered(
    texts: Texts, staff: StaffPublications, clock: FrozenClock, intent: str
) -> None:
    past = event("i-konferencja", "2018-10-01T10:00")
    rumour = event("plotka", "2026-12-24T10:00", confidence="low")
    answer = await ask(intent, texts, staff, clock, past, rumour)
    assert answer.text.startswith("Nie znam teraz")
    assert "alerts_subscribe?topic=events" in [button.payload for button in answer.buttons]


async def test_a_named_period_is_answered_first(texts: Texts, staff: StaffPublications, clock: FrozenClock) -> None:
    weekend = await ask("event_list", texts, staff, clock, CONFERENCE, WALK, period="weekend")
    assert "Spacer" in weekend.text
    assert "Konferencja" not in weekend.text
    tomorrow = await ask("event_list", texts, staff, clock, CONFERENCE, WALK, period="jutro")
    assert tomorrow.text.startswith("W tym terminie nie znam potwierdzonego wydarzenia. Najbliższe to:\n• 28.11.2026")
    unknown = await ask("event_list", texts, staff, clock, CONFERENCE, WALK, period="kiedys")
    assert unknown.text.startswith("Najbliższe wydarzenia:")


async def test_what_staff_published_replaces_the_pack(
    texts: Texts, staff: StaffPublications, clock: FrozenClock
) -> None:
    staff.held = [CONFERENCE.model_copy(update={"title": "Konferencja przeniesiona", "place": "teatr"})]
    text = (await ask("event_list", texts, staff, clock, CONFERENCE)).text
    assert "Konferencja przeniesiona. Miejsce: teatr" in text
    assert "ratusz" not in text


async def test_an_event_that_is_called_off_is_offered_to_calendars_alone(
    texts: Texts, staff: StaffPublications, clock: FrozenClock
) -> None:
    called_off = CONFERENCE.model_copy(update={"is_called_off": True, "revision": 7})
    staff.held = [called_off]
    assert "Konferencja" not in (await ask("event_list", texts, staff, clock, CONFERENCE)).text
    (known,) = await Agenda((CONFERENCE,), staff, clock).for_calendars()
    (entry,) = Calendar.from_ical(calendar([known], "Wydarzenia", "miasto.test", clock.now())).events
    assert (entry.uid, entry["sequence"], entry["status"]) == ("konferencja-2026@miasto.test", 7, "CANCELLED")


async def test_signing_up_is_told_for_each_event(texts: Texts, staff: StaffPublications, clock: FrozenClock) -> None:
    answer = await ask("event_register", texts, staff, clock, CONFERENCE, WALK)
    assert answer.text.splitlines() == [
        "• Spacer po mieście, 28.11.2026, 09:00. Organizator nie podał, jak się zapisać.",
        "• Konferencja klastra, 03.12.2026, 10:00. Zapisy na stronie: https://miasto.test/zapisy",
    ]


def test_the_calendar_file_is_read_by_others_as_it_was_meant() -> None:
    odd = event("odd", "2026-07-01T18:00", "2026-07-02T01:00", title="Ćwiczenia; a, b\nBEGIN:VALARM " + "ż" * 90)
    made = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    raw = calendar([CONFERENCE, odd], "Wydarzenia", "miasto.test", made)
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"BEGIN:VALARM" not in lines
    read = Calendar.from_ical(raw)
    first, second = read.events
    assert first.uid == "konferencja-2026@miasto.test"
    assert first.start == datetime(2026, 12, 3, 10, tzinfo=WARSAW)
    assert isinstance(first.start, datetime)
    assert isinstance(second.start, datetime)
    assert first.start.utcoffset() == timedelta(hours=1)
    assert first.end == datetime(2026, 12, 3, 14, 30, tzinfo=WARSAW)
    assert str(first["url"]) == "https://miasto.test/zapisy"
    assert second.start.astimezone(UTC) == datetime(2026, 7, 1, 16, tzinfo=UTC)
    assert str(second["summary"]) == odd.title
    assert raw == calendar([CONFERENCE, odd], "Wydarzenia", "miasto.test", made)


@pytest.mark.parametrize("year", [2026, 2027, 2036])
def test_the_calendars_own_rule_of_summer_time_is_the_polish_one(year: int) -> None:
    raw = calendar([], "x", "miasto.test", datetime(2026, 1, 1, tzinfo=UTC))
    zone = Calendar.from_ical(raw).timezones[0].to_tz(lookup_tzid=False)
    for month, day in ((1, 1), (3, 20), (4, 5), (7, 1), (10, 20), (11, 5)):
        noon = datetime(year, month, day, 12, tzinfo=UTC)
        assert noon.astimezone(zone).replace(tzinfo=None) == noon.astimezone(WARSAW).replace(tzinfo=None)


ENTRY = """events:
- id: rada
  title: Rada
  starts_at: 2026-12-01 10:00
  place: ratusz
  source: {name: Urząd}
  confidence: high
"""


def test_times_of_the_pack_are_polish(tmp_path: Path) -> None:
    (tmp_path / "events.yml").write_text(ENTRY, encoding="utf-8")
    assert load_events(tmp_path)[0].starts_at == datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: rada", "id: Rada Miasta"),
        ("title: Rada", "title: ''"),
        ("starts_at: 2026-12-01 10:00", "starts_at: jutro"),
        ("place: ratusz", "place: ratusz\n  ends_at: 2026-12-01 09:00"),
        ("place: ratusz", "place: ratusz\n  registration_url: javascript:alert(1)"),
        ("confidence: high", "confidence: pewne"),
        ("place: ratusz", "place: ratusz\n  plcae: teatr"),
        (
            "events:\n",
            (
                "events:\n- {id: rada, title: R, starts_at: 2026-12-01 10:00, place: r, "
                "source: {name: U}, confidence: high}\n"
            ),
        ),
    ],
)
def test_a_faulty_entry_stops_the_start_with_its_line(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "events.yml").write_text(ENTRY.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"events\.yml:\d+: "):
        load_events(tmp_path)


def test_the_citys_own_events_are_readable(city: City) -> None:
    load_events(city.folder)


async def test_open_data_lists_what_is_coming(staff: StaffPublications, clock: FrozenClock) -> None:
    data = await events_data(Agenda((CONFERENCE, event("dawne", "2018-10-01T10:00")), staff, clock))
    assert [entry["id"] for entry in data["events"]] == ["konferencja-2026"]
    assert data["events"][0]["starts_at"] == "2026-12-03T10:00:00+01:00"
    assert data["events"][0]["source"]["url"] == "https://miasto.test/konferencja"
