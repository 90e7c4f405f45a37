"""The small grammar of periods: which words of time belong together, and the id that they make (see `periods.py`).

Every word of time is a letter: C a whole period, D a day, P a part of it, W a weekday, X a numeric date, M a month,
Y a year, S a season, E the weekend, U a unit, Q „this”, „last” …, N a number, Z „za”, T „temu”, O „od”.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from content.periods import MONTHS

OTHER_WORD = "."
"""The letter of a word that parts two periods."""

_YEAR_BEFORE, _YEAR_AFTER = re.compile(r"(?:\bw|\brok\w*) +$"), re.compile(r" *(?:r\b|rok)")
_BEFORE_A_MONTH = re.compile(r"\b(?:we?|na|od|do|z|przez|cal\w+) +$")
_SIZES = {
    "dzien": ("dni", 1),
    "dni": ("dni", 1),
    "tydzien": ("dni", 7),
    "miesiac": ("dni", 30),
    "rok": ("dni", 365),
    "lata": ("dni", 365),
    "godzina": ("godz", 1),
    "godziny": ("godz", 1),
    "doba": ("godz", 24),
}
_PLURALS = frozenset({"dni", "godziny", "lata"})
_CALENDAR_UNITS = frozenset({"tydzien", "miesiac", "rok"})
# „Ostatnie dni”, „najbliższe godziny”: a plural without a number.
_A_FEW = {("ostatnie", "dni"): 7, ("najblizsze", "dni"): 3, ("ostatnie", "godziny"): 6, ("najblizsze", "godziny"): 6}
# „Za godzinę” without a number is mostly a price.
_AHEAD_WITHOUT_NUMBER = frozenset({"tydzien", "rok"})
_LONGEST = 999


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or words of time in the text: the letter of the grammar, and what it says."""

    letter: str
    id: str
    start: int
    end: int


_GRAMMAR = re.compile(
    r"(?P<ahead>ZN?UP?)|(?P<ago>N?UTP?)|(?P<counted>QN?U)|(?P<neighbour>Q[WSME]P?)|(?P<lasting>ON?U)"
    r"|(?P<part_first>P(?:D|W|X|NMY?))|(?P<day>O?(?:D|W|X|NMY?)P?)|(?P<month>O?MY?)|(?P<season>O?SY?)"
    r"|(?P<part>Q?P)|(?P<single>O?[CE])|(?P<year>Y)"
)


def periods_in(pieces: Sequence[Piece], folded: str) -> Iterator[tuple[str, Sequence[Piece]]]:
    """Return the ids that pieces of a folded text make, each with its pieces; some ids may not exist (31 February)."""
    for match in _GRAMMAR.finditer("".join(piece.letter for piece in pieces)):
        rule, parts = match.lastgroup or "", pieces[match.start() : match.end()]
        ids = {piece.letter: piece.id for piece in parts}
        period_id = _RULES[rule](ids) if _is_meant(rule, parts, folded) else None
        if period_id:
            yield period_id, parts


def _count(ids: dict[str, str], which: str) -> str | None:
    """Return the id of so many days or hours; weeks and months are counted in days."""
    kind, size = _SIZES[ids["U"]]
    number = int(ids.get("N", 0)) * size or _A_FEW.get((which, ids["U"]), 0 if ids["U"] in _PLURALS else size)
    return f"{which}_{number}_{kind}" if 0 < number <= _LONGEST else None


def _with_part(day_id: str, ids: dict[str, str]) -> str:
    return f"{day_id}_{ids['P']}" if "P" in ids else day_id


def _ahead(ids: dict[str, str]) -> str | None:
    counted = _count(ids, "za") if "N" in ids or ids["U"] in _AHEAD_WITHOUT_NUMBER else None
    return _with_part(counted, ids) if counted and counted.endswith("dni") else counted


def _ago(ids: dict[str, str]) -> str | None:
    counted = _count(ids, "ostatnie")
    if counted is None or counted.endswith("godz"):
        return counted
    return _with_part(counted.removeprefix("ostatnie_") + "_temu", ids)


def _counted(ids: dict[str, str]) -> str | None:
    which, unit = ids["Q"], ids["U"]
    if which in {"ostatni", "najblizszy"}:
        return _count(ids, {"ostatni": "ostatnie", "najblizszy": "najblizsze"}[which])
    if unit in _CALENDAR_UNITS:
        return f"{which}_{unit}"
    days = {("poprzedni", "dzien"): "wczoraj", ("przyszly", "dzien"): "jutro", ("ten", "doba"): "dzisiaj"}
    return days.get((which, unit))


def _neighbour(ids: dict[str, str]) -> str | None:
    if "M" in ids and ids["Q"] == "ten":
        return None  # „tego maja” is mostly „tego mają”
    what = next(ids[letter] for letter in "WSME" if letter in ids)
    which = {"ostatni": "poprzedni"}.get(ids["Q"], ids["Q"])
    period_id = what if which in {"ten", "najblizszy"} else f"{which}_{what}"
    return _with_part(period_id, ids) if "W" in ids else period_id


def _day(ids: dict[str, str]) -> str:
    day = next((ids[letter] for letter in "DWX" if letter in ids), None)
    if day is None:
        month = f"{MONTHS.index(ids['M']) + 1:02}"
        day = "-".join(filter(None, (ids.get("Y"), month, f"{int(ids['N']):02}")))
    return _with_part(f"od_{day}" if "O" in ids else day, ids)


def _month(ids: dict[str, str]) -> str:
    month = f"{ids['Y']}-{MONTHS.index(ids['M']) + 1:02}" if "Y" in ids else ids["M"]
    return f"od_{month}" if "O" in ids else month


def _single(ids: dict[str, str]) -> str:
    (period_id,) = (ids[letter] for letter in "CES" if letter in ids)
    return f"od_{period_id}" if "O" in ids else period_id


def _part(ids: dict[str, str]) -> str:
    return f"wczoraj_{ids['P']}" if ids.get("Q") in {"poprzedni", "ostatni"} else f"dzisiaj_{ids['P']}"


_RULES: dict[str, Callable[[dict[str, str]], str | None]] = {
    "ahead": _ahead,
    "ago": _ago,
    "counted": _counted,
    "neighbour": _neighbour,
    "lasting": lambda ids: _count(ids, "ostatnie") if "N" in ids or ids["U"] not in _PLURALS else None,
    "part_first": _day,
    "day": _day,
    "month": _month,
    "season": lambda ids: None if "Y" in ids else _single(ids),
    "part": _part,
    "single": _single,
    "year": lambda ids: ids["Y"],
}


def _is_meant(rule: str, pieces: Sequence[Piece], folded: str) -> bool:
    """Whether a bare month or number is one of time: „maja” may be „mają”, 2026 may be an amount."""
    before, after = folded[: pieces[0].start], folded[pieces[-1].end :]
    if rule == "month" and len(pieces) == 1:
        return bool(_BEFORE_A_MONTH.search(before))
    return rule != "year" or bool(_YEAR_BEFORE.search(before) or _YEAR_AFTER.match(after))
