"""The figures at the top of a page: one number each, with what it means."""

from api.panel.numbers.links import Links
from api.panel.numbers.service import ReachFigures, TalkFigures
from api.panel.tiles import Tile
from api.panel.writing import duration, grouped, money, percent, seconds, within
from bot.statistics.figures import Outcome, Outcomes, Verdict
from content.format import decimal, plural
from notifier.pricing import SegmentPrice
from notifier.statistics.headcount import Headcounts


def of_talks(figures: TalkFigures, links: Links) -> list[Tile]:
    """Return what is told of the talks of a period."""
    total = figures.talks.total
    count = total.total()
    verdict, times, cases = Verdict.of(figures.ratings), figures.times, figures.cases
    rated = verdict.helpful + verdict.unhelpful
    return [
        Tile("Pytania", grouped(count), f"średnio {decimal(count / links.period.length)} dziennie", links.talks()),
        _outcome("Z odpowiedzią", total, "answered", links.talks(wynik="answered")),
        _outcome("Z dopytaniem", total, "asked_back"),
        _outcome("Bez odpowiedzi", total, "unknown", links.talks(wynik="fallback")),
        _outcome("Zostawianie spraw", total, "handed_off", links.talks(wynik="handoff")),
        Tile("Pomocne odpowiedzi", percent(verdict.share), _counted(rated, "ocena", "oceny", "ocen")),
        Tile("Czas odpowiedzi", seconds(times.percentile(0.5)), f"95% odpowiedzi {within(times.percentile(0.95))}"),
        Tile("Sprawy dla urzędu", grouped(cases.total), f"do pierwszej odpowiedzi: {duration(cases.median_reply)}"),
    ]


def _outcome(title: str, total: Outcomes, outcome: Outcome, path: str = "") -> Tile:
    return Tile(title, percent(total.share(outcome)), grouped(total[outcome]), path)


def of_reach(figures: ReachFigures, price: SegmentPrice) -> list[Tile]:
    """Return what is told of subscribers and of the messages of a period."""
    people = Headcounts.of(figures.channels.values())
    # Small numbers of residents are not told, so the sum is without them.
    least = "" if people.is_exact else "co najmniej "
    sent = figures.sent
    arrived = sent.arrived / sent.total if sent.total else None
    parts = sum(sum(paid.values()) for paid in figures.spending.values())
    return [
        Tile("Odbiorcy teraz", f"{least}{grouped(people.total)}", "każdy kanał liczony osobno"),
        Tile("Wiadomości", grouped(sent.total), "z komunikatów i alertów tego okresu"),
        Tile("Wysłane lub doręczone", percent(arrived), grouped(sent.arrived)),
        Tile("Koszt SMS", f"{money(price.of(parts))} zł", f"{_counted(parts, 'część', 'części', 'części')} SMS"),
    ]


def _counted(count: int, one: str, few: str, many: str) -> str:
    return f"{grouped(count)} {plural(count, one, few, many)}"
