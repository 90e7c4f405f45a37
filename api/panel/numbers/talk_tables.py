"""The tables of what residents asked and how they were served."""

from collections.abc import Callable, Mapping

from api.panel.numbers.links import Links
from api.panel.numbers.service import TalkFigures
from api.panel.numbers.table import Cell, Column, Table, numbers, words
from api.panel.numbers.words import CASES, DECISIONS, OUTCOMES, REASONS, TOPICS
from api.panel.words import intent_title
from api.panel.writing import percent
from bot.handoffs.states import HandoffState
from bot.statistics.figures import OUTCOMES as EVERY_OUTCOME
from bot.statistics.figures import Outcomes, Verdict, topic_of
from content.format import polish_date

_LIMITS = (0, 100, 300, 1000, 3000)
_SPANS = ("do 0,1 s", "0,1–0,3 s", "0,3–1 s", "1–3 s", "ponad 3 s")
_NOT_RATED = Verdict()


def by_day(figures: TalkFigures, links: Links) -> Table:
    """Return the questions of each day by their outcome, the latest day first."""
    days = list(zip(links.period.days(), figures.talks.by_day, strict=True))
    rows = [
        [
            Cell(polish_date(day), links.talks(day) if found.total() else ""),
            *(Cell(str(found[outcome])) for outcome in EVERY_OUTCOME),
            Cell(str(found.total())),
        ]
        for day, found in reversed(days)
    ]
    columns = (words("dzień"), *(numbers(OUTCOMES[outcome]) for outcome in EVERY_OUTCOME), numbers("razem"))
    return Table("Pytania dzień po dniu", columns, rows)


def by_decision(figures: TalkFigures, links: Links) -> Table:
    """Return how questions ended."""
    total, counts = figures.talks.total.total(), figures.talks.by_decision
    rows = [
        [Cell(title, links.talks(wynik=decision)), *_of(counts[decision], total)]
        for decision, title in DECISIONS.items()
        if counts.get(decision)
    ]
    return Table("Jak kończyły się pytania", (words("zakończenie"), numbers("pytania"), numbers("część")), rows)


def by_topic(figures: TalkFigures, links: Links) -> Table:
    """Return the topics, the most asked first."""
    found = figures.talks.by_topic()
    names = {topic: Cell(TOPICS.get(topic, topic), links.topic(topic)) for topic in found}
    verdicts = Verdict.by(figures.ratings, topic_of)
    return _asked("O co pytają mieszkańcy", "temat", names, found, verdicts)


def by_intent(figures: TalkFigures, links: Links, topic: str) -> Table:
    """Return the questions of a topic, the most asked first."""
    found = figures.talks.of_topic(topic)
    names = {intent: Cell(intent_title(intent), links.talks(temat=intent)) for intent in found}
    verdicts = Verdict.by(figures.ratings, lambda intent: intent)
    return _asked(TOPICS.get(topic, topic), "pytanie", names, found, verdicts)


def answer_times(figures: TalkFigures, _links: Links) -> Table:
    """Return how many answers took how long."""
    times = figures.times
    spans = zip(_SPANS, _LIMITS, (*_LIMITS[1:], None), strict=True)
    rows = [[Cell(name), *_of(times.between(least, below), times.total)] for name, least, below in spans]
    columns = (words("czas"), numbers("odpowiedzi"), numbers("część"))
    return Table("Czas przygotowania odpowiedzi", columns, rows if times.total else [])


def verdicts(figures: TalkFigures, links: Links) -> Table:
    """Return what residents thought of answers, and why some did not help."""
    verdict = Verdict.of(figures.ratings)
    total = verdict.helpful + verdict.unhelpful
    rows = [
        [Cell("pomocne", links.talks(ocena="pomocne")), *_of(verdict.helpful, total)],
        [Cell("niepomocne", links.talks(ocena="niepomocne")), *_of(verdict.unhelpful, total)],
    ]
    for reason, title in REASONS.items():
        count = sum(each.count for each in figures.ratings if not each.helpful and each.reason == reason)
        if count:
            path = links.talks(ocena="niepomocne", powod=reason) if reason else ""
            rows.append([Cell(f"niepomocne: {title}", path), *_of(count, total)])
    columns = (words("ocena"), numbers("odpowiedzi"), numbers("część"))
    return Table("Oceny odpowiedzi", columns, rows if total else [], "W tym okresie nikt nie ocenił odpowiedzi.")


def cases(figures: TalkFigures, _links: Links) -> Table:
    """Return the messages for the office by their present state."""
    found = figures.cases
    rows = [[Cell(CASES[state]), *_of(found.by_state.get(state, 0), found.total)] for state in HandoffState]
    columns = (words("stan teraz"), numbers("sprawy"), numbers("część"))
    return Table("Sprawy zostawione urzędowi", columns, rows if found.total else [])


def _asked(
    title: str, first: str, names: Mapping[str, Cell], found: Mapping[str, Outcomes], verdicts: Mapping[str, Verdict]
) -> Table:
    total = sum(outcomes.total() for outcomes in found.values())
    rows = [
        [
            names[key],
            *_of(outcomes.total(), total),
            Cell(percent(outcomes.share("answered"))),
            Cell(str(outcomes["unknown"])),
            Cell(percent(verdicts.get(key, _NOT_RATED).share)),
        ]
        for key, outcomes in found.items()
    ]
    return Table(title, (words(first), *_ASKED), rows)


_ASKED: tuple[Column, ...] = (
    numbers("pytania"),
    numbers("część"),
    numbers("z odpowiedzią"),
    numbers("bez odpowiedzi"),
    numbers("pomocne"),
)


def _of(count: int, total: int) -> tuple[Cell, Cell]:
    """Return a count and its part of a total."""
    share = count / total if total else None
    return Cell(str(count)), Cell(percent(share), share=share)


TABLES: Mapping[str, Callable[[TalkFigures, Links], Table]] = {
    "pytania-dni": by_day,
    "wyniki": by_decision,
    "tematy": by_topic,
    "oceny": verdicts,
    "czas-odpowiedzi": answer_times,
    "sprawy": cases,
}
"""The tables by the names of their files."""
