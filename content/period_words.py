"""Finds periods of time in what a resident wrote, and says their proper names; the ids are those of `periods.py`.

Every word that speaks of time becomes a letter, and the grammar of `period_grammar.py` joins them: „w przyszłą sobotę
wieczorem” is QWP. Words in between that say nothing („w”, „na”, „dnia”) are left out; any other word parts two periods.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from content.format import plural
from content.matching import Form, Matcher, Word, without_overlaps
from content.pack_file import PackData
from content.period_grammar import OTHER_WORD, Piece, periods_in
from content.periods import MONTHS, PARTS, is_period
from content.question import Entity
from core.text import fold

Role = Literal[
    "now", "day", "part", "weekday", "month", "season", "weekend", "unit", "which", "number", "mark", "whole"
]
_LETTERS: dict[Role, str] = {
    "now": "C",
    "whole": "C",
    "day": "D",
    "part": "P",
    "weekday": "W",
    "month": "M",
    "season": "S",
    "weekend": "E",
    "unit": "U",
    "which": "Q",
    "number": "N",
}
_MARKS = {"za": "Z", "temu": "T", "od": "O"}
_FILLER = frozenset({"w", "we", "na", "o", "z", "ze", "dnia", "dniu", "r", "te", "tych", "samego"})
# Words that carry little but grammar are so short or so common that only their exact forms count.
_EXACT = frozenset({"which", "number", "mark", "unit", "season"})
_SHORTEST_WITH_TYPO = 7

_NUMERIC_DATE = re.compile(
    r"(?<![\d.,-])(?:(?P<day>\d{1,2})\.(?P<month>0[1-9]|1[0-2])(?:\.(?P<year>20\d\d))?"
    r"|(?P<iso_year>20\d\d)-(?P<iso_month>\d\d)-(?P<iso_day>\d\d))(?!\d|[.,]\d)"
)
_YEAR = re.compile(r"20\d\d")


class PeriodWord(PackData):
    """A word of time: its name (with gender and, after „od”, genitive) and the ways it is written."""

    name: str = ""
    genitive: str = ""
    gender: Literal["m", "f", "n"] = "m"
    feminine: str = ""
    neuter: str = ""
    forms: tuple[str, ...] = ()


class PeriodData(PackData):
    """The section `periods` of `vocabulary.yml`: role → id → word, and the names of counted periods (1, 2, 5)."""

    words: dict[Role, dict[str, PeriodWord]]
    counted: dict[str, tuple[str, str, str]]
    not_periods: tuple[str, ...]


class PeriodFinder:
    """Finds periods in a text."""

    def __init__(self, data: PeriodData, not_typos: Iterable[str] = ()) -> None:
        self._words = {word_id: word for words in data.words.values() for word_id, word in words.items()}
        self._counted = data.counted
        forms = [
            Form(form, (role, word_id), int(role not in _EXACT and len(form) >= _SHORTEST_WITH_TYPO))
            for role, words in data.words.items()
            for word_id, word in words.items()
            for form in (word.name or word_id, *word.forms)
        ]
        not_forms: list[Form[tuple[Role, str]]] = [Form(phrase, None) for phrase in data.not_periods]
        self._matcher = Matcher((*forms, *not_forms), not_typos)

    def find(self, text: str, words: Sequence[Word]) -> list[tuple[int, Entity]]:
        """Return the periods named in `text`, which consists of `words`, each with its position, in its order."""
        folded = fold(text)
        found: list[tuple[int, Entity]] = []
        for period_id, parts in periods_in(self._pieces(folded, words), folded):
            if name := self.name(period_id):
                start, end = parts[0].start, parts[-1].end
                found.append((start, Entity("period", period_id, name, text[start:end])))
        return found

    def name(self, period_id: str) -> str | None:
        """Return the proper name of an id, or None when there is no such id."""
        if not is_period(period_id):
            return None
        if period_id.startswith("od_"):
            return f"{self._words['od'].name} {self._name(period_id.removeprefix('od_'), genitive=True)}"
        return self._name(period_id)

    def _name(self, period_id: str, *, genitive: bool = False) -> str:
        for part in PARTS:
            if period_id.endswith(f"_{part}"):
                day = self._name(period_id.removesuffix(f"_{part}"), genitive=genitive)
                return f"{day} {self._words[part].name}"
        if word := self._words.get(period_id):
            return word.genitive if genitive and word.genitive else word.name
        which, _, what = period_id.partition("_")
        if which in {"ten", "poprzedni", "przyszly"} and what in self._words:
            noun, marker = self._words[what], self._words[which]
            agreeing = {"m": marker.name, "f": marker.feminine, "n": marker.neuter}[noun.gender]
            return f"{agreeing} {noun.name}"
        if counted := re.search(r"\d{1,3}(?=_)", period_id):
            one, few, many = self._counted[period_id.replace(f"{counted[0]}_", "", 1)]
            return plural(int(counted[0]), one, few, many).format(n=counted[0])
        return self._date_name(period_id)

    def _date_name(self, period_id: str) -> str:
        numbers = period_id.split("-")
        year = f" {numbers[0]}" if len(numbers[0]) == 4 else ""
        if len(numbers) == 1:
            return f"{self._words['rok'].name}{year}"
        if len(numbers) == 2 and year:
            return f"{self._words[MONTHS[int(numbers[1]) - 1]].name}{year}"
        return f"{int(numbers[-1])} {self._words[MONTHS[int(numbers[-2]) - 1]].genitive}{year}"

    def _pieces(self, folded: str, words: Sequence[Word]) -> list[Piece]:
        dates = [
            Piece("X", period_id, match.start(), match.end())
            for match in _NUMERIC_DATE.finditer(folded)
            if (period_id := _numeric_date(match))
        ]
        hits = [
            Piece(_letter(hit.key), hit.key[1], hit.start, hit.end)
            for hit in without_overlaps(self._matcher.find_in(words))
            if hit.key and not hit.first_letter_wrong and not any(date.start <= hit.start < date.end for date in dates)
        ]
        taken = [*dates, *hits]
        covered = {position for piece in taken for position in range(piece.start, piece.end)}
        others = [
            Piece(letter, word.text, word.start, word.end)
            for word in words
            if word.start not in covered and (letter := _plain_letter(word.text))
        ]
        return sorted((*taken, *others), key=lambda piece: piece.start)


def _letter(key: tuple[Role, str]) -> str:
    role, word_id = key
    return _MARKS[word_id] if role == "mark" else _LETTERS[role]


def _plain_letter(word: str) -> str | None:
    """Return the letter of a number or an unknown word, None for a word to leave out."""
    if _YEAR.fullmatch(word):
        return "Y"
    if word.isdecimal() and len(word) <= 3:
        return "N"
    return None if word in _FILLER else OTHER_WORD


def _numeric_date(match: re.Match[str]) -> str | None:
    if match["iso_year"]:
        period_id = match[0]
    else:
        period_id = "-".join(filter(None, (match["year"], match["month"], f"{int(match['day']):02}")))
    return period_id if is_period(period_id) else None
