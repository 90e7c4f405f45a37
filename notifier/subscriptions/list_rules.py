"""What a row of a list must say before anybody is signed up by it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.text import fold
from notifier.subscriptions.addresses import AddressRefusedError, normalise
from notifier.subscriptions.choices import MOST_DISTRICTS
from notifier.subscriptions.list_file import ListRow
from notifier.subscriptions.topics import TOPICS, Topic

CHANNEL = "sms"
_LONGEST_SOURCE = 100
_DATES = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y")
_TOPIC_NAMES: Mapping[str, Topic] = {
    **{topic: topic for topic in TOPICS},
    **dict.fromkeys(("komunikaty", "komunikaty miasta", "ogloszenia"), "announcements"),
    **dict.fromkeys(("wydarzenia", "imprezy"), "events"),
    **dict.fromkeys(("alerty smogowe", "powietrze"), "smog"),
}

FindDistrict = Callable[[str], str | None]
"""Returns the id of a district by its name, None when the city has none of that name."""


class RowFault(StrEnum):
    """Why one row signs nobody up; a fault of the number has its own name, see AddressFault."""

    NO_TOPIC = "no_topic"
    UNKNOWN_TOPIC = "unknown_topic"
    UNKNOWN_DISTRICT = "unknown_district"
    TOO_MANY_DISTRICTS = "too_many_districts"
    NO_DATE = "no_date"
    FUTURE_DATE = "future_date"
    NO_SOURCE = "no_source"
    LONG_SOURCE = "long_source"


class RowRefusedError(Exception):
    """A row breaks a rule; `detail` is what it says wrongly, never the number."""

    def __init__(self, fault: str, detail: str = "") -> None:
        self.fault = fault
        self.detail = detail
        super().__init__(fault)


@dataclass(frozen=True)
class Wanted:
    """What a row asks for, checked; `evidence` is the date and the source of the consent."""

    address: str
    topics: tuple[Topic, ...]
    districts: tuple[str, ...]
    evidence: str


def check(row: ListRow, find_district: FindDistrict, today: date) -> Wanted:
    """Return what the row asks for.

    Raises:
        RowRefusedError: it breaks a rule; `today` is the Polish day.
    """
    try:
        address = normalise(CHANNEL, row.phone)
    except AddressRefusedError as refusal:
        raise RowRefusedError(refusal.fault) from refusal
    topics = tuple(dict.fromkeys(_topic(name) for name in row.topics))
    if not topics:
        raise RowRefusedError(RowFault.NO_TOPIC)
    districts = tuple(dict.fromkeys(_district(name, find_district) for name in row.districts))
    if len(districts) > MOST_DISTRICTS:
        raise RowRefusedError(RowFault.TOO_MANY_DISTRICTS)
    return Wanted(address, topics, districts, _evidence(row, today))


def _topic(name: str) -> Topic:
    topic = _TOPIC_NAMES.get(fold(name))
    if topic is None:
        raise RowRefusedError(RowFault.UNKNOWN_TOPIC, name[:40])
    return topic


def _district(name: str, find_district: FindDistrict) -> str:
    district = find_district(name)
    if district is None:
        raise RowRefusedError(RowFault.UNKNOWN_DISTRICT, name[:40])
    return district


def _evidence(row: ListRow, today: date) -> str:
    given = _date(row.consent_date)
    if given is None:
        raise RowRefusedError(RowFault.NO_DATE, row.consent_date[:20])
    if given > today:
        raise RowRefusedError(RowFault.FUTURE_DATE, row.consent_date[:20])
    source = " ".join(row.consent_source.split())
    if not source:
        raise RowRefusedError(RowFault.NO_SOURCE)
    if len(source) > _LONGEST_SOURCE:
        raise RowRefusedError(RowFault.LONG_SOURCE)
    return f"{given.isoformat()}: {source}"


def _date(written: str) -> date | None:
    for form in _DATES:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - a day on a form has no time zone
        except ValueError:
            continue
    return None
