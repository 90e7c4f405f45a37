"""The tables of who wants messages, what became of those sent, and what they cost."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from api.panel.delivery_words import DELIVERIES, failure
from api.panel.numbers.links import Links
from api.panel.numbers.service import ReachFigures
from api.panel.numbers.table import Cell, Table, numbers, words
from api.panel.numbers.words import BROADCASTS, CONSENTS, SUBSCRIPTIONS
from api.panel.words import CHANNELS
from api.panel.writing import money, percent
from content.format import polish_date, polish_moment
from notifier.deliveries.states import DeliveryState
from notifier.pricing import SegmentPrice
from notifier.statistics.figures import SentBroadcast
from notifier.statistics.headcount import LEAST, Headcount

FEW = f"mniej niż {LEAST}"
"""What is said instead of a number of residents that is not told."""


@dataclass(frozen=True)
class Reach:
    """Figures and what they are shown with: `districts` are names by id, `price` is of a part of an SMS today."""

    figures: ReachFigures
    links: Links
    districts: Mapping[str, str]
    price: SegmentPrice


def by_channel(reach: Reach) -> Table:
    """Return the subscribers by channel."""
    rows = [[Cell(_channel(channel)), _people(count)] for channel, count in sorted(reach.figures.channels.items())]
    return Table("Odbiorcy według kanału", (words("kanał"), numbers("odbiorcy")), rows, _NOBODY)


def by_topic(reach: Reach) -> Table:
    """Return the subscribers by what they want."""
    rows = [
        [Cell(title), _people(reach.figures.topics[topic])]
        for topic, title in SUBSCRIPTIONS.items()
        if topic in reach.figures.topics
    ]
    return Table("Odbiorcy według tematu", (words("temat"), numbers("odbiorcy")), rows, _NOBODY)


def by_district(reach: Reach) -> Table:
    """Return the subscribers by district, in the order of the city pack."""
    found = reach.figures.districts
    rows = [[Cell(reach.districts.get(district, district)), _people(count)] for district, count in found.items()]
    columns = (words("dzielnica"), numbers("odbiorcy"))
    return Table("Odbiorcy, którzy wybrali dzielnicę", columns, rows, "Miasto nie ma dzielnic do wyboru.")


def changes(reach: Reach) -> Table:
    """Return the consents given and withdrawn."""
    rows = [
        [Cell(_channel(channel)), Cell(CONSENTS[action]), _people(count)]
        for (channel, action), count in sorted(reach.figures.changes.items())
    ]
    columns = (words("kanał"), words("co"), numbers("zgody"))
    return Table("Zapisy i rezygnacje", columns, rows)


def deliveries(reach: Reach) -> Table:
    """Return what became of the messages of the period."""
    found = reach.figures.sent.by_outcome()
    totals = Counter[str]()
    for (channel, _), count in found.items():
        totals[channel] += count
    rows = [
        [
            Cell(_channel(channel)),
            Cell(DELIVERIES[state], reach.links.outcome(channel, state)),
            Cell(str(count)),
            _share(count, totals[channel]),
        ]
        for (channel, state), count in sorted(found.items(), key=_place)
    ]
    columns = (words("kanał"), words("wynik"), numbers("wiadomości"), numbers("część kanału"))
    return Table("Wynik wysyłki", columns, rows)


def failures(reach: Reach) -> Table:
    """Return why messages were not received, the most frequent reason first."""
    rows = [
        [Cell(failure(reason), reach.links.failure(channel, reason)), Cell(_channel(channel)), Cell(str(count))]
        for channel, reason, count in reach.figures.sent.failures()
    ]
    columns = (words("powód"), words("kanał"), numbers("wiadomości"))
    empty = "W tym okresie nie było nieodebranych wiadomości."
    return Table("Dlaczego wiadomości nie dotarły", columns, rows, empty)


def messages(found: Sequence[SentBroadcast], links: Links, title: str) -> Table:
    """Return messages of the city with a number of their deliveries."""
    return Table(title, (*_MESSAGE, numbers("wiadomości")), [_message(each, links) for each in found])


def spending(reach: Reach) -> Table:
    """Return what was paid on each day on which messages were sent, the latest first."""
    rows = [
        [
            Cell(polish_date(day), reach.links.messages_of_day(day)),
            Cell(_channel(channel)),
            Cell(str(parts)),
            Cell(money(reach.price.of(parts))),
        ]
        for day, paid in sorted(reach.figures.spending.items(), reverse=True)
        for channel, parts in paid.items()
    ]
    columns = (words("dzień"), words("kanał"), numbers("części SMS"), numbers("koszt (zł)"))
    return Table("Wydatki dzień po dniu", columns, rows, "W tym okresie nic nie wydano.")


def sent(reach: Reach) -> Table:
    """Return the messages of the period with what their SMS cost."""
    found = reach.figures.sent.messages()
    rows = [[*_message(each, reach.links), Cell(money(reach.price.of(each.parts)))] for each in found]
    columns = (*_MESSAGE, numbers("wiadomości"), numbers("koszt SMS (zł)"))
    return Table("Komunikaty i alerty", columns, rows)


TABLES: Mapping[str, Callable[[Reach], Table]] = {
    "odbiorcy-kanaly": by_channel,
    "odbiorcy-tematy": by_topic,
    "odbiorcy-dzielnice": by_district,
    "zapisy": changes,
    "wysylka": deliveries,
    "powody": failures,
    "komunikaty": sent,
    "wydatki": spending,
}
"""The tables by the names of their files."""

_NOBODY = "Nikt nie jest jeszcze zapisany."
_MESSAGE = (words("kiedy"), words("rodzaj"), words("tytuł"))
_OUTCOMES = tuple(DELIVERIES)


def _message(each: SentBroadcast, links: Links) -> list[Cell]:
    broadcast = each.broadcast
    return [
        Cell(polish_moment(broadcast.created_at)),
        Cell(BROADCASTS.get(broadcast.kind, broadcast.kind)),
        Cell(broadcast.title, links.announcement(broadcast)),
        Cell(str(each.count)),
    ]


def _place(line: tuple[tuple[str, DeliveryState], int]) -> tuple[str, int]:
    (channel, state), _ = line
    return channel, _OUTCOMES.index(state)


def _channel(channel: str) -> str:
    return CHANNELS.get(channel, channel)


def _people(count: Headcount) -> Cell:
    return Cell(FEW if count.count is None else str(count.count))


def _share(count: int, total: int) -> Cell:
    return Cell(percent(count / total), share=count / total)
